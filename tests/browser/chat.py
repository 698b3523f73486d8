"""Someone at the chat page, who types and taps."""

import re

from playwright.async_api import Locator, Page, expect


class Chat:
    """The chat page in a browser. Every step waits until the bot has answered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log")
        self.field = page.get_by_role("textbox")

    async def open(self, address: str) -> None:
        """Open the page; the bot greets."""
        await self.page.goto(address)
        await expect(self.said.last).to_be_visible()
        await self._answered()

    @property
    def said(self) -> Locator:
        """What the bot said."""
        return self.log.locator(".bot")

    @property
    def mine(self) -> Locator:
        """What the person said."""
        return self.log.locator(".me")

    @property
    def choices(self) -> Locator:
        """What can be tapped now."""
        return self.log.locator("fieldset:enabled")

    async def last(self) -> str:
        """The bot's newest words."""
        return await self.said.last.inner_text()

    async def whole(self) -> list[str]:
        """Everything that was said, in order."""
        return await self.log.locator(".bubble").all_inner_texts()

    async def say(self, text: str) -> str:
        """Type and press Enter; the answer."""
        await self.field.fill(text)
        await self.field.press("Enter")
        return await self._answer()

    async def tap(self, label: str) -> str:
        """Press a choice; the answer."""
        await self.choices.get_by_role("button", name=re.compile(rf"^\d+\s*{re.escape(label)}$")).click()
        return await self._answer()

    async def tick(self, *labels: str) -> str:
        """Tick some choices and confirm them; the answer."""
        for label in labels:
            await self.choices.get_by_role("checkbox", name=re.compile(rf"^\d+\s*{re.escape(label)}$")).check()
        await self.choices.locator(".confirm").click()
        return await self._answer()

    async def _answer(self) -> str:
        await self._answered()
        return await self.last()

    async def _answered(self) -> None:
        await expect(self.log.locator(".state")).to_have_count(0)
        await expect(self.page.get_by_role("button", name="发送")).to_be_enabled()
