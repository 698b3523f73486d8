"""The console in a browser: what officials press, and the pages that only a sent form shows."""

import re

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import axe_on_both_screens
from tests.browser.officials import Officials, sign_in
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.watch import Watch
from tests.house.town import Town
from tests.world import SHIMEN

ONE_ROW = 80
"""Pixels that one row of the head of a page has at most."""


async def test_signing_in_and_out(site: Town, page: Page) -> None:
    await page.goto(site.url("/admin/posters"))
    await sign_in(page, "xian")
    await expect(page).to_have_url(site.url("/admin/posters"))
    await page.get_by_role("button", name="退出").click()
    await expect(page).to_have_url(site.url("/admin/login"))


async def test_a_wrong_password(site: Town, page: Page, watch: Watch) -> None:
    watch.allow("status of 401")
    await page.goto(site.url("/admin/login"))
    await sign_in(page, "nobody", "wrong")
    await expect(page.get_by_role("alert")).to_contain_text("密码不对")
    await axe_on_both_screens(page)


async def test_a_meeting_that_is_not_filled_in(
    site: Town, officials: Officials, context: BrowserContext, page: Page, watch: Watch
) -> None:
    """Each problem leads to its field."""
    watch.allow("status of 422")
    await officials.enter(context, "cun")
    await page.goto(site.url(f"/admin/village/{SHIMEN}/review/need"))
    await page.get_by_role("button", name="保存这次评议").click()
    problems = page.get_by_role("alert").first
    await axe_on_both_screens(page)
    for link in await problems.get_by_role("link").all():
        target = (await link.get_attribute("href") or "").removeprefix("#")
        await expect(page.locator(f'[id="{target}"]')).to_be_visible()
    assert await problems.get_by_role("link").count() > 2


async def test_the_tier_fills_in_the_amount(
    site: Town, officials: Officials, context: BrowserContext, page: Page, marks: dict[str, str]
) -> None:
    village = marks["grant_applied"]
    await officials.enter(context, f"cun.{village}")
    await page.goto(site.url(f"/admin/village/{village}/review/grant"))
    household = page.get_by_role("article").first
    await household.get_by_role("combobox").select_option(index=2)
    await expect(household.locator('[id^="amount-"]')).to_have_value(re.compile(r"[1-9]\d*00"))


async def test_all_the_others_at_once_are_asked_about(
    site: Town, officials: Officials, context: BrowserContext, page: Page
) -> None:
    await officials.enter(context, "zhen")
    await page.goto(site.url("/admin/audit/need"))
    await page.locator('button[name="rest"]').click()
    await expect(page.locator('button[value="sure"]')).to_be_visible()
    await axe_on_both_screens(page)


async def test_an_opened_case(
    site: Town, officials: Officials, context: BrowserContext, page: Page, marks: dict[str, str]
) -> None:
    await officials.enter(context, "zhen")
    await page.goto(site.url(f"/admin/case/{marks['paid_case']}"))
    await expect(page.get_by_text("6217000000000000")).to_have_count(0)
    await page.locator('form[action$="/personal"] button').click()
    await expect(page.get_by_text("6217000000000000")).to_be_visible()
    await axe_on_both_screens(page)


async def test_the_keyboard_skips_to_the_content(
    site: Town, officials: Officials, context: BrowserContext, page: Page
) -> None:
    await officials.enter(context, "xian")
    await page.goto(site.url("/admin/"))
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("#main$"))


async def test_the_menu_is_one_row_and_needs_no_script(
    site: Town, officials: Officials, chromium: Browser, page: Page
) -> None:
    """On a phone and at a desk; where the screen is narrow its links are behind a button that the keyboard opens."""
    quiet = await chromium.new_context(java_script_enabled=False, viewport={"width": PHONE.width, "height": 844})
    await officials.enter(quiet, "xian")
    narrow = await quiet.new_page()
    await narrow.goto(site.url("/admin/"))
    link = narrow.get_by_role("link", name="转办", exact=True)
    await expect(link).to_have_count(0)
    await narrow.locator(".narrow summary").press("Enter")
    await expect(link).to_be_visible()
    await link.click()
    await expect(narrow).to_have_url(site.url("/admin/referrals"))
    for width in (PHONE.width, DESKTOP.width):
        await narrow.set_viewport_size({"width": width, "height": 844})
        box = await narrow.locator("header.top").bounding_box()
        assert box is not None and box["height"] < ONE_ROW, width
    await quiet.close()
    await officials.enter(page.context, "xian")
    await page.goto(site.url("/admin/"))
    await page.locator(".narrow summary").click()
    await axe_on_both_screens(page)
