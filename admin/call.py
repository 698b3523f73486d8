"""One request to the console: who calls, what they typed, and how it is answered."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from admin.context import AdminContext
from admin.forms import Form
from admin.rendering import render
from admin.sessions import Signed
from admin.visitors import kept
from admin.words import CONFLICTS, moved_by
from intake.access import Official, OutOfAreaError
from intake.moves import RefusedError
from intake.procedure import TABLE, Pass
from intake.reads.last_moves import last_moves
from intake.unit import Unit
from locales import Texts

_LARGEST_ID = 2**63 - 1
_SAID = "admin.done."
"""How the keys begin of what a page can say was done, after it sent the browser on."""

WORKERS = frozenset(row.role for row in TABLE)
"""Roles that move cases."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the gate. ``cases`` are the case ids that the form names."""

    request: web.Request
    context: AdminContext
    t: Texts
    now: datetime
    signed: Signed | None
    form: Form
    cases: Sequence[int] = ()

    @property
    def official(self) -> Official:
        """Who calls; only pages with declared roles ask."""
        if self.signed is None:
            raise web.HTTPForbidden
        return self.signed.official

    @property
    def works(self) -> bool:
        """Whether who calls moves cases; the others look on."""
        return self.signed is not None and self.official.role in WORKERS

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only looks."""
        async with self.context.units.database.read() as db:
            yield db

    def changing(self) -> AbstractAsyncContextManager[Unit]:
        """A unit of work."""
        return self.context.units.begin()

    def word(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]

    @property
    def pass_(self) -> Pass:
        """The pass that the path names."""
        return Pass(self.word("pass_"))

    @property
    def id(self) -> int:
        """The id that the path names.

        Raises:
            OutOfAreaError: no database has such an id.
        """
        return checked_id(self.word("id"))

    async def refuse(self, error: RefusedError, pass_: Pass) -> None:
        """Keep what the procedure refused in a pass; of cases that had moved also who moved them."""
        ids = [case_id for case_id, said in error.refusals.items() if said.key in CONFLICTS]
        async with self.reading() as db:
            moved = await last_moves(db, self.official, pass_, ids) if ids else {}
        told = {case_id: moved_by(self.t, last, self.official.id) for case_id, last in moved.items()}
        self.form.refuse(error, told)

    def page(self, template: str, status: int = 200, **values: object) -> web.Response:
        """A page of HTML."""
        html = render(
            self.t,
            template,
            call=self,
            signed=self.signed,
            form=self.form,
            now=self.now,
            demo=self.context.demo is not None,
            done=self._done(),
            kept=kept(self.request),
            home=self.t("admin.nav.home" if self.works else "admin.nav.start"),
            **values,
        )
        return web.Response(text=html, content_type="text/html", status=status)

    def _done(self) -> str:
        said, count = _SAID + self.request.query.get("done", ""), self.request.query.get("n", "")
        if not (self.t.has(said) and count.isascii() and count.isdigit()):
            return ""
        return self.t(said, n=int(count[:6]))

    def on(self, path: str, done: str = "", n: int = 0) -> web.Response:
        """Send the browser on to a page, which then says what was done (to ``n`` households).

        Raises:
            MissingTextError: there is no word for what was done.
        """
        if done:
            self.t(_SAID + done, n=n)
        query = f"{'&' if '?' in path else '?'}{urlencode({'done': done, 'n': n})}" if done else ""
        return web.Response(status=303, headers={"Location": path + query})


def checked_id(text: str) -> int:
    """An id from a path or a form.

    Raises:
        OutOfAreaError: not a number that a database could hold.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > _LARGEST_ID:
        raise OutOfAreaError
    return int(text)
