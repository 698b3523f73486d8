"""The watch and axe notice what they are there for."""

import asyncio

import pytest
from playwright.async_api import Browser, Page

from tests.browser.axe import axe
from tests.browser.watch import Watch
from tests.house.town import Town


async def test_axe_names_what_is_wrong_and_where(site: Town, page: Page) -> None:
    await page.goto(site.url("/notices"))
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<input id=\"nameless\">')")
    with pytest.raises(AssertionError, match=r"(?s)/notices on 390 × 844\nlabel \(critical\).*#nameless"):
        await axe(page)


async def test_a_page_wider_than_the_screen_is_noticed(site: Town, page: Page) -> None:
    await page.goto(site.url("/notices"))
    await page.evaluate("document.querySelector('main').style.width = '500px'")
    with pytest.raises(AssertionError, match="px wider than the screen"):
        await axe(page)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('sour')", "console: sour"),
        ("setTimeout(() => { throw new Error('broken'); })", "script: broken"),
        ("fetch('/nosuch')", "console: Failed to load resource: the server responded with a status of 404"),
        ("fetch('http://elsewhere.example/', {mode: 'no-cors'}).catch(() => 0)", "asked elsewhere: http://elsewhere"),
    ],
)
async def test_what_goes_wrong_in_a_page_is_noticed(chromium: Browser, site: Town, script: str, complaint: str) -> None:
    watch = Watch()
    context = await chromium.new_context()
    watch.over(context)
    page = await context.new_page()
    await page.goto(site.url("/healthz"))
    await page.evaluate(f"() => {{ {script} }}")
    async with asyncio.timeout(10):
        while not watch.wrong:  # noqa: ASYNC110 - the browser tells nobody else
            await asyncio.sleep(0.02)
    await context.close()
    with pytest.raises(AssertionError, match=complaint):
        watch.check()
