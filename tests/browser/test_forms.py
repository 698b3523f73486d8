"""A form in a browser, one question to a page, from the list of forms to the receipt."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import axe, axe_on_both_screens
from tests.browser.watch import Watch
from tests.house.town import Town
from tests.world import SHIMEN, resident_id

TYPED = {
    "head": "杜秋菊",
    "id_number": resident_id(811),
    "phone": "138 0000 0811",
    "household_size": "4",
    "persons_in_need": "２",
    "village": "潭头石门",
    "group": "三组",
    "reason": "玉米旱死了，粮食不够吃",
}
TICKED = {
    "consent": "yes",
    "categories": "ordinary",
    "disasters": "drought",
    "reliefs": "winter_spring",
    "village": SHIMEN,
}
AT_MOST = 25
"""Pages of the form, with those that ask again."""


@pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")
async def test_a_form_is_walked_to_its_receipt(site: Town, page: Page, watch: Watch) -> None:
    """Every page on the way, and every refusal, is for everyone."""
    watch.allow("status of 422")  # a village whose name fits several is asked for again
    await page.goto(site.url("/forms"))
    await page.locator('a[href="/forms/apply"]').click()
    for _ in range(AT_MOST):
        if page.url.endswith("/check"):
            break
        await axe(page)
        await answer(page)
    await expect(page.get_by_text(TYPED["head"])).to_be_visible()
    await axe_on_both_screens(page)
    await page.get_by_role("button", name="提交").click()
    await expect(page).to_have_url(re.compile(r"/forms/apply/done\?"))
    await axe_on_both_screens(page)


async def test_a_wrong_answer_leads_to_its_field(site: Town, page: Page, watch: Watch) -> None:
    watch.allow("status of 422")
    await page.goto(site.url("/forms/apply/all"))
    await page.get_by_role("button", name="提交").click()
    problems = page.get_by_role("alert")
    await expect(problems).to_be_focused()
    await axe_on_both_screens(page)
    links = await problems.get_by_role("link").all()
    assert len(links) > 5
    for link in links:
        target = await link.get_attribute("href") or ""
        await expect(page.locator(f'[id="{target.removeprefix("#")}"]')).to_be_visible()


async def answer(page: Page) -> None:
    """Answer the page's question and go on."""
    field = page.locator(".field[data-key]")
    key = await field.get_attribute("data-key") or ""
    tick = field.locator(f'input[value="{TICKED.get(key, "")}"]')
    if key in TICKED and await tick.count():
        await tick.check()
    elif key in TYPED:
        await field.locator("input:not([type=radio]), textarea").fill(TYPED[key])
    await page.get_by_role("button", name="下一步").click()
