"""The page with a binding code says by itself when the code was used, with and without a script."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import axe_on_both_screens
from tests.browser.officials import Officials
from tests.browser.screens import PHONE
from tests.house.town import Town

LATER_MS = 20_000
"""The page asks every five seconds."""


async def code_on(page: Page) -> str:
    """The scene of the code that the page shows."""
    address = await page.locator('a[href*="/chat?v="]').get_attribute("href") or ""
    return parse_qs(urlsplit(address).query)["v"][0]


async def scan(site: Town, scene: str, who: str) -> None:
    """Somebody opens the code in a chat of their own."""
    body = {"id": f"binding-{who}", "scene": scene}
    async with site.http.post(site.url("/channels/web"), json=body) as response:
        assert response.status == 200


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_used_code_is_said_to_be_used(
    site: Town, officials: Officials, chromium: Browser, script: bool
) -> None:
    context = await chromium.new_context(
        java_script_enabled=script, viewport={"width": PHONE.width, "height": PHONE.height}
    )
    await officials.enter(context, "zhen" if script else "xian")
    page = await context.new_page()
    await page.goto(site.url("/admin/account"))
    await page.get_by_role("button", name="要一个绑定码").click()
    if script:
        await axe_on_both_screens(page)
    await expect(page.locator(".qr").first).to_be_visible()
    await scan(site, await code_on(page), f"script-{script}")
    if script:
        await expect(page.get_by_role("status")).to_contain_text("那个码用过了", timeout=LATER_MS)
        await expect(page.locator(".qr")).to_have_count(0)
    else:
        state = page.frame_locator("iframe")
        await expect(state.get_by_text("账号绑好了")).to_be_visible(timeout=LATER_MS)
        await state.get_by_role("link", name="看我的聊天账号").click()
        await expect(page).to_have_url(site.url("/admin/account"))
    await context.close()
