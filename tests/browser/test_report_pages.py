"""Reporting without an account in a real browser with JavaScript off: from the form to the receipt and back."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, expect

from admin.rendering import STATIC
from bot.faces.anonymous_report import routes
from bot.faces.report_pages import ReportContext
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.browser.axe import axe_on_both_screens
from tests.browser.watch import Watch
from tests.intake.reporting import SAID
from tests.media import photo
from tests.world import make_world

pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")
"""aiohttp warns of a call of its own where a part of a form straddles two packets."""


async def _style(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "style.css")


@pytest.fixture
async def address(sqlite_template: Path, tmp_path: Path, clock: FixedClock) -> AsyncIterator[str]:
    """Where the pages are served."""
    shutil.copy(sqlite_template, tmp_path / "reports.db")
    database = Database(f"sqlite:///{tmp_path / 'reports.db'}")
    world = await make_world(database, clock)
    app = web.Application()
    app.add_routes(routes(ReportContext(world.units, bot_world, "http://127.0.0.1")))
    app.add_routes([web.get("/notices/style.css", _style)])
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    yield str(server.make_url("/reports"))
    await server.close()
    await database.close()


@pytest.fixture
async def plain(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """A browser that runs no scripts."""
    context = await chromium.new_context(java_script_enabled=False, locale="zh-CN")
    yield context
    await context.close()


async def _fill(page: Page) -> None:
    await page.get_by_text("收好处费，或发了又收回").click()
    await page.get_by_label(re.compile("^事情出在哪个村")).fill("石门村")
    await page.get_by_text("村里的人").click()
    await page.get_by_label(re.compile("^发生了什么")).fill(SAID)


async def test_a_report_without_javascript(address: str, plain: BrowserContext) -> None:
    page = await plain.new_page()
    await page.goto(address)
    await page.get_by_role("link", name="我要举报").click()
    await page.get_by_role("button", name="提交举报").click()
    await expect(page.get_by_role("alert")).to_contain_text("还有地方要改")
    await _fill(page)
    await page.get_by_label(re.compile("^照片")).set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    await page.get_by_role("button", name="提交举报").click()
    receipt = await page.locator(".big.number").inner_text()
    assert page.url == f"{address}/new" and await plain.cookies() == []
    await page.get_by_role("link", name="回到举报首页").click()
    await page.get_by_label(re.compile("^回执码")).fill(receipt.lower())
    await page.get_by_role("button", name="查看").click()
    await expect(page.locator("main")).to_contain_text("照片 1 张")
    await page.get_by_label(re.compile("^想补充什么")).fill("又去了一次，还是没发")
    await page.get_by_role("button", name="补上").click()
    await expect(page.get_by_role("status")).to_have_text("补上了。")
    await expect(page.locator("main")).to_contain_text("又去了一次")
    assert receipt not in page.url and await plain.cookies() == []


async def test_every_page_is_for_everyone(address: str, page: Page, watch: Watch) -> None:
    watch.allow("404", "422")  # the icon is another part's; a refused form is part of the test
    await page.goto(address)
    await axe_on_both_screens(page)
    await page.goto(f"{address}/new")
    await axe_on_both_screens(page)
    await page.get_by_role("button", name="提交举报").click()
    await expect(page.get_by_role("alert")).to_contain_text("还有地方要改")
    await axe_on_both_screens(page)
    await _fill(page)
    await page.get_by_role("button", name="提交举报").click()
    receipt = await page.locator(".big.number").inner_text()
    await axe_on_both_screens(page)
    await page.goto(address)
    await page.get_by_label(re.compile("^回执码")).fill("7K3M")
    await page.get_by_role("button", name="查看").click()
    await axe_on_both_screens(page)
    await page.get_by_label(re.compile("^回执码")).fill(receipt)
    await page.get_by_role("button", name="查看").click()
    await axe_on_both_screens(page)


async def test_sending_again_by_reloading_gives_the_same_receipt(address: str, plain: BrowserContext) -> None:
    page = await plain.new_page()
    await page.goto(f"{address}/new")
    await _fill(page)
    await page.get_by_role("button", name="提交举报").click()
    receipt = await page.locator(".big.number").inner_text()
    await page.reload()
    await expect(page.locator(".big.number")).to_have_text(receipt)
