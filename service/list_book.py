"""Lists of workbooks, read and written by the bot's faces for the console."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.faces.lists import Asked, columns, read_book, refused, template, typed_again
from bot.faces.lists.columns import flow_of
from intake.access import Official
from intake.imports.kinds import Kind
from intake.imports.read import ReadBook
from locales import texts
from service.world import KnownWorld
from store.clock import Clock, china_date


class ListBook:
    """An :class:`admin.context.ListBook` over the flows of this release."""

    def __init__(self, world: KnownWorld, clock: Clock) -> None:
        self._world = world
        self._clock = clock
        self._one = asyncio.Lock()

    def version(self, kind: Kind) -> int:
        """The version of the form that reads a kind of list."""
        return flow_of(kind).version

    async def template(self, official: Official, kind: Kind) -> bytes:
        """The empty list."""
        return await asyncio.to_thread(template, self._asked(official, kind))

    async def read(self, official: Official, kind: Kind, body: bytes, hit: Callable[[str], bool]) -> ReadBook:
        """A workbook as the official sends it. One at a time: it takes memory, and a core.

        Raises:
            BookError: nothing in it can be used.
        """
        async with self._one:
            return await asyncio.to_thread(read_book, body, self._asked(official, kind, hit))

    async def refused(self, official: Official, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """Rows that were refused, by what is kept of them, each with its reason."""
        asked = self._asked(official, kind)
        return await asyncio.to_thread(lambda: refused(asked, (_refused(asked, row) for row in rows)))

    async def filled(self, official: Official, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """The empty list of applications, filled in with what last year's list tells of each household."""
        asked = self._asked(official, Kind.APPLY)
        return await asyncio.to_thread(lambda: template(asked, (_cells(asked, row) for row in rows)))

    def _asked(self, official: Official, kind: Kind, hit: Callable[[str], bool] = lambda _village: True) -> Asked:
        t = texts()
        given = self._world().given(t, china_date(self._clock.now()), official.division)
        return Asked(official, kind, given, columns(kind, t), hit)


def _cells(asked: Asked, row: Mapping[str, Any]) -> Mapping[str, str]:
    raw: Mapping[str, str] | None = row.get("raw")
    return raw if raw else typed_again(asked, row.get("answers") or {})


def _refused(asked: Asked, row: Mapping[str, Any]) -> tuple[str, str, Mapping[str, str]]:
    t = asked.given.texts
    labels = {column.key: column.label for column in asked.columns}
    reasons = [
        t("admin.import.reason", column=labels[column], text=t(key, **params)) if column in labels else t(key, **params)
        for column, key, params in row.get("reasons", ())
    ]
    where = t("admin.import.where", sheet=row["sheet"], row=row["row"])
    return where, "\n".join(reasons), _cells(asked, row)
