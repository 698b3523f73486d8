"""axe over a page: the machine's part of WCAG 2.1, levels A and AA."""

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.screens import DESKTOP, PHONE

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def axe(page: Page) -> None:
    """Nothing on the page as it stands is against WCAG 2.1 A or AA, nor wider than the screen (1.4.10)."""
    size = page.viewport_size
    assert size is not None
    where = f"{page.url} on {size['width']} × {size['height']}"
    found = (await Axe().run(page, options=OPTIONS)).response["violations"]
    assert not found, f"{where}\n" + "\n".join(map(_told, found))
    wider = await page.evaluate(SIDEWAYS)
    assert wider <= 0, f"{where} is {wider} px wider than the screen"


async def axe_on_both_screens(page: Page) -> None:
    """:func:`axe` on a phone, and after that at a desk."""
    for screen in (PHONE, DESKTOP):
        await page.set_viewport_size({"width": screen.width, "height": screen.height})
        await axe(page)


def _told(violation: dict[str, Any]) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        lines += [f"  {' '.join(map(str, node['target']))}", f"    {node['html'][:200]}"]
        lines += [f"    {line.strip()}" for line in node["failureSummary"].splitlines()[1:]]
    return "\n".join(lines)
