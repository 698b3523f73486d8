"""The season as it goes: the house, who acts in it, which guard said no, and what day it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from aiohttp import ClientSession, CookieJar

from tests.admin.browser import Browser, Seen, pairs
from tests.house.season.guards import pattern
from tests.house.town import Person, Town, WebPerson

FIRST_DAY = date(2022, 10, 8)


@dataclass
class Season:
    """``at`` are the officials' browsers by username, ``people`` those who write by the head of their household,
    ``cases`` the ids of the households' cases by head."""

    town: Town
    at: dict[str, Browser]
    today: date = FIRST_DAY
    people: dict[str, Person] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    granted_yuan: int = 0
    """What the county has granted, as the township's page of the batch told it."""
    said_no: set[str] = field(default_factory=set)
    """The keys of the refusals that somebody has read; ``guard:key`` where several guards say the same."""

    async def someone(self) -> WebPerson:
        """Someone with a browser of their own at /chat."""
        http = await self.town.stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        return WebPerson(replace(self.town, http=http))

    async def forward(self, days: int) -> None:
        """Days pass."""
        for step in [5] * (days // 5) + [1] * (days % 5):
            seen = await self.at["admin"].post("/admin/demo/clock", {"days": step, "back": "/admin/"})
            assert seen.status == 200, seen.text
        self.today += timedelta(days=days)

    def day(self, later: int = 0) -> str:
        """Today, or so many days later, as a form has it."""
        return (self.today + timedelta(days=later)).isoformat()

    def ids(self, *heads: str) -> list[int]:
        """The cases of these households."""
        return [self.cases[head] for head in heads]

    async def yes(self, who: str, path: str, fields: Mapping[str, object] | None = None) -> Seen:
        """An official sends a form, and it is taken."""
        seen = await self.at[who].post(path, fields)
        assert seen.status == 200, seen.text
        return seen

    async def no(self, who: str, path: str, fields: Mapping[str, object], *keys: str) -> Seen:
        """An official sends a form, and reads why not."""
        seen = await self.at[who].post(path, fields)
        assert seen.status in (409, 422), (seen.status, seen.text)
        self.read(seen.text, *keys)
        return seen

    async def fetch(self, who: str, path: str, fields: Mapping[str, object] | None = None) -> bytes:
        """A file that an official asks for by a form."""
        browser = self.at[who]
        data = pairs({"csrf": browser.csrf, **(fields or {})})
        url, headers = browser.server.make_url(path), {"Sec-Fetch-Site": "same-origin"}
        async with browser.http.post(url, data=data, headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.read()

    def read(self, text: str, *keys: str, says: Mapping[str, str] | None = None) -> None:
        """Somebody reads these refusals; ``says`` are those that a chat puts in words of its own."""
        together = "".join(text.split())
        for said in keys:
            key = said.rpartition(":")[2]
            words = pattern((says or {}).get(key, key))
            assert words.search(together), (key, _problems(text))
            self.said_no.add(said)


def _problems(text: str) -> str:
    """The part of a page that says what is wrong, where it has one."""
    return text[max(0, text.find("还没有保存")) :][:600]
