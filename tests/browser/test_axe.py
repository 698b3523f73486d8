"""Every page can be used by everyone, as far as a machine can tell (WCAG 2.1 A and AA)."""

import pytest
from aiohttp import hdrs
from playwright.async_api import BrowserContext, Page

from admin.app import ROUTES
from tests.browser.axe import axe_on_both_screens
from tests.browser.officials import Officials
from tests.browser.pages import OTHERS, VISITS, WALKED, Visit
from tests.browser.watch import Watch
from tests.house.town import Town


def test_every_address_of_the_house_is_looked_at(site: Town) -> None:
    served = {
        route.resource.canonical
        for route in site.server.app.router.routes()
        if route.method == hdrs.METH_GET and route.resource is not None
    }
    assert len([route for route in ROUTES if route.method == hdrs.METH_GET]) < len(served)
    looked_at = {visit.route for visit in VISITS} | WALKED
    unseen, gone = sorted(served - looked_at - OTHERS.keys()), sorted((looked_at | OTHERS.keys()) - served)
    assert not unseen, f"add to tests/browser/pages.py: {', '.join(unseen)}"
    assert not gone, f"take out of tests/browser/pages.py: {', '.join(gone)}"


@pytest.mark.parametrize("address", OTHERS.values())
async def test_what_is_not_looked_at_is_no_page(site: Town, address: str) -> None:
    async with site.http.get(site.url(address), allow_redirects=False) as response:
        assert response.status in (302, 303) or response.content_type != "text/html"


@pytest.mark.parametrize("visit", VISITS, ids=str)
async def test_page(
    site: Town,
    officials: Officials,
    context: BrowserContext,
    page: Page,
    watch: Watch,
    marks: dict[str, str],
    visit: Visit,
) -> None:
    if visit.username:
        await officials.enter(context, visit.username.format(**marks))
    if visit.status != 200:
        watch.allow(f"status of {visit.status}")
    address = visit.address.format(**marks)
    response = await page.goto(site.url(address))
    assert response is not None
    assert (response.status, response.url) == (visit.status, site.url(address))
    await axe_on_both_screens(page)
