"""Paying through the pages: a list, two people who release it, and what the bank did."""

import re

from tests.admin.browser import Browser, Seen

_LIST = re.compile(r"/admin/payments/(\d+)")
_LINE = re.compile(r'name="do-(\d+)"')


def hidden(seen: Seen, name: str) -> str:
    """A hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', seen.html)
    assert found is not None, seen.text
    return found[1]


async def make(browser: Browser, **fields: object) -> Seen:
    """Make the lists that the page offers."""
    page = await browser.get("/admin/payments/new")
    shown = {name: hidden(page, name) for name in ("division", "households", "total_fen")}
    return await browser.post("/admin/payments/new", shown | {"source": "central"} | fields)


async def release(browser: Browser, path: str) -> Seen:
    """Release the list as its page shows it."""
    page = await browser.get(path)
    return await browser.post(f"{path}/release", {"hash": hidden(page, "hash")})


async def settle(browser: Browser, path: str, outcome: str = "paid", **fields: object) -> Seen:
    """Write down what became of every line of the page."""
    page = await browser.get(path)
    lines = {f"do-{line}": outcome for line in _LINE.findall(page.html)}
    return await browser.post(f"{path}/settle", lines | fields)


async def upload(browser: Browser, path: str, body: bytes, name: str = "return.csv") -> Seen:
    """Send the bank's file."""
    await browser.get(path)
    return await browser.upload(f"{path}/return", file=(name, body))


async def pay(zhen: Browser, xian: Browser, paid_on: str, **fields: object) -> Seen:
    """Everybody who has a card is paid, by one list."""
    made = await make(zhen, **fields)
    assert _LIST.fullmatch(made.path), made.text
    for browser in (zhen, xian):
        assert (await release(browser, made.path)).status == 200
    return await settle(zhen, made.path, paid_on=paid_on)
