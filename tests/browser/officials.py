"""Officials at their browsers."""

from typing import Any

from playwright.async_api import BrowserContext, Page

from tests.house.town import Town
from tests.world import PASSWORD


class Officials:
    """The officials of a town; each signs in once, and any number of browsers may go on from there."""

    def __init__(self, site: Town) -> None:
        self._site = site
        self._cookies: dict[str, list[Any]] = {}

    async def enter(self, context: BrowserContext, username: str) -> None:
        """Let ``context`` be the browser of an official who has signed in."""
        if username not in self._cookies:
            signed = await self._site.browser(username)
            self._cookies[username] = [
                {"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": cookie["path"]}
                for cookie in signed.http.cookie_jar
            ]
        await context.add_cookies(self._cookies[username])


async def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the form of the sign-in page that ``page`` shows."""
    await page.get_by_label("用户名").fill(username)
    await page.get_by_label("密码").fill(password)
    await page.get_by_role("button", name="登录").click()
