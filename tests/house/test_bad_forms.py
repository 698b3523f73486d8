"""Every form of the console, sent with nothing, with garbage, half and of another area: never a fault of ours."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from io import BytesIO
from urllib.parse import urlencode

import pytest

from admin.app import ROUTES
from tests.admin.browser import Browser
from tests.browser.furniture import furnish, landmarks
from tests.browser.pages import VISITS
from tests.house.sheets import Sheet, Sheets
from tests.house.town import Town, open_town

ABSURD = "00000019999999999999"
"""Longer than any number column; its first digits look harmless."""
GARBAGE = ("会议\0\x01记录", ABSURD, '{"a":1e999}', "<b>'\u202e😀" * 200)
HEADERS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
MOST = 6
"""Fields of one form that are spoilt one by one."""
LEFT_OUT = ("/admin/logout", "/admin/demo/clock")
"""Forms that would end the test."""


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """The demo county, furnished so that every page has its forms."""
    async with open_town(database_url) as opened:
        await furnish(opened)
        yield opened


async def sheets(town: Town, browsers: dict[str, Browser]) -> list[tuple[str, Sheet]]:
    """Every form that the officials of the demo are shown, once for each role, by who is shown it."""
    marks = await landmarks(town)
    found: dict[tuple[str, str, str], tuple[str, Sheet]] = {}
    for visit in VISITS:
        who = visit.username.format(**marks)
        if not who or visit.status != 200:
            continue
        browsers[who] = browsers.get(who) or await town.browser(who)
        page = await browsers[who].get(visit.address.format(**marks))
        for sheet in Sheets(page.html).found:
            if sheet.action not in LEFT_OUT:
                kind = re.sub(r"\d{9,}|\d+(?=[/-])", "N", f"{sheet.action} {' '.join(sheet.fields)}")
                found.setdefault((who.partition(".")[0], kind, ""), (who, sheet))
    return list(found.values())


def spoilt(fields: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The fields of a form: none, all with garbage, one with an absurd number."""
    kept: dict[str, object] = {name: value for name, value in fields.items() if name != "csrf"}
    yield {}
    yield from (dict.fromkeys(kept, one) for one in GARBAGE)
    alike = {re.sub(r"\d{9,}", "N", name): name for name in kept}
    yield from (kept | {name: ABSURD} for name in list(alike.values())[:MOST])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # the stricter one
async def test_no_form_of_the_console_brings_it_down(town: Town) -> None:
    browsers: dict[str, Browser] = {}
    found = await sheets(town, browsers)
    assert len(found) > len([route for route in ROUTES if route.method == "POST"]) / 2
    failed: list[tuple[str, str, dict[str, object]]] = []
    for who, sheet in found:
        for fields in spoilt(sheet.fields):
            body = BytesIO(urlencode(fields | {"csrf": browsers[who].csrf}).encode())
            async with browsers[who].http.post(
                town.url(sheet.action), data=body, headers=HEADERS, allow_redirects=False
            ) as response:
                if response.status >= 500:
                    failed.append((who, sheet.action, fields))
    assert not failed
