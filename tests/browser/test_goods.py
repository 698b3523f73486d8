"""Handing out goods on a phone: a finger signs, and what was signed is kept when something else was wrong."""

import re

from playwright.async_api import BrowserContext, Page, expect

from tests.browser.axe import axe_on_both_screens
from tests.browser.officials import Officials
from tests.browser.watch import Watch
from tests.house.town import Town

INKED = """() => document.querySelector("canvas").getContext("2d").getImageData(0, 0, 600, 240).data
    .some((one) => one !== 255)"""


async def sign(page: Page) -> None:
    """Draw a stroke on the canvas."""
    canvas = page.locator("canvas")
    await canvas.scroll_into_view_if_needed()
    box = await canvas.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 30, box["y"] + 30)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 150, box["y"] + 70)
    await page.mouse.up()


async def test_a_finger_signs_for_goods(
    site: Town, officials: Officials, context: BrowserContext, page: Page, watch: Watch, marks: dict[str, str]
) -> None:
    watch.allow("status of 422")
    await officials.enter(context, "zhen")
    await page.goto(site.url(f"/admin/case/{marks['accepted_case']}/goods"))
    await sign(page)
    drawn = await page.locator("#signature").input_value()
    assert drawn.startswith("data:image/png;base64,")
    await page.get_by_role("button", name="登记发放").click()
    await expect(page.get_by_role("alert")).to_contain_text("一样也没有填")
    assert await page.locator("#signature").input_value() == drawn, "it is there still"
    await page.wait_for_function(INKED)
    await axe_on_both_screens(page)
    await page.locator('[id^="pieces-"]').first.fill("1")
    await page.get_by_role("button", name="登记发放").click()
    await expect(page.get_by_role("status")).to_contain_text("已登记发放")
    await expect(page.get_by_role("article")).to_contain_text("棉被 1 床")
    await expect(page.get_by_role("link", name="看签字")).to_have_attribute("href", re.compile(r"/goods/\d+/file/\d+"))


async def test_whoever_signs_wrongly_begins_again(
    site: Town, officials: Officials, context: BrowserContext, page: Page, marks: dict[str, str]
) -> None:
    await officials.enter(context, "zhen")
    await page.goto(site.url(f"/admin/case/{marks['paid_case']}/goods"))
    await sign(page)
    await page.get_by_role("button", name="重签").click()
    await expect(page.locator("#signature")).to_have_value("")
