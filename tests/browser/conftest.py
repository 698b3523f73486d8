"""A real browser and the whole house behind it: Chromium, the demo county on a socket, and a watch over both."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.browser.furniture import furnish, landmarks
from tests.browser.officials import Officials
from tests.browser.screens import PHONE, Screen
from tests.browser.watch import Watch
from tests.house.town import Town, open_town

FLAGS = (
    "--no-sandbox",  # tests run as root in CI
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""The last one shuts the browser in: no name leads anywhere."""
PATIENCE_MS = 30_000
"""How long a step may take on a busy machine."""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    program = shutil.which("chromium")
    assert program is not None, "no chromium on the PATH; `make system` says what to install"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture(scope="package")
async def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The demo county as ``nuandong demo`` serves it, furnished.

    On SQLite alone: a page does not know its database, and the house is tested on both in ``tests/house``. For these
    tests together, since it takes seconds to open; not for the session, since its delivery exists once per process.
    """
    path = tmp_path_factory.mktemp("site") / "site.db"
    shutil.copy(sqlite_template, path)
    async with open_town(f"sqlite:///{path}") as town:
        await furnish(town)
        yield town


@pytest.fixture(scope="package")
def officials(site: Town) -> Officials:
    """The demo's officials."""
    return Officials(site)


@pytest.fixture(scope="package")
async def marks(site: Town) -> dict[str, str]:
    """Where the demo's story stands."""
    return await landmarks(site)


@pytest.fixture
def screen() -> Screen:
    """The screen of ``page``; ``@pytest.mark.parametrize("screen", …)`` gives others."""
    return PHONE


@pytest.fixture
def watch() -> Watch:
    """What went wrong in the browser; whatever a test does not ``allow`` fails it at its end."""
    return Watch()


@pytest.fixture
async def context(chromium: Browser, screen: Screen, watch: Watch) -> AsyncIterator[BrowserContext]:
    """A browser without cookies or memory, for one test."""
    made = await chromium.new_context(
        viewport={"width": screen.width, "height": screen.height},
        has_touch=screen.touch,
        is_mobile=screen.touch,
        color_scheme=screen.scheme,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    made.set_default_timeout(PATIENCE_MS)
    watch.over(made)
    yield made
    await made.close()
    watch.check()


@pytest.fixture
async def page(context: BrowserContext) -> Page:
    """An empty page of ``context``."""
    return await context.new_page()
