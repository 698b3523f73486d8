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
from intake.steps import SINGLE
from intake.unit import Unit
from locales import Texts

_LARGEST_ID = 2**63 - 1
_DIGITS = 10
DONE = frozenset(
    {
        "review",
        "notice",
        "objection",
        "settled",
        "rulings",
        "batched",
        "meeting_photo",
        "listed",
        "released",
        "released_both",
        "list_dropped",
        "settled_lines",
        "return_taken",
        "return_known",
        "card_asked",
        *(f"step_{action.value}" for action in SINGLE),
        "relative",
        "card",
        "unbound",
        "bound",
        "code_over",
        "handover",
        "handover_ended",
        "report_taken",
        "report_answered",
        "report_ended",
        "discovery",
        "referred",
        "referral_ended",
        "passed_on",
        "hinted",
        "scheme",
        "scheme_begun",
        "fund",
        "fund_passed",
        "fund_back",
        "handout",
        "handout_back",
        "fund_request",
        "import_dropped",
        "season_closed",
        "season_reopened",
        "archive_ordered",
        "handed_in",
        "taken_back",
    }
)
"""What a page can say was done, after it sent the browser on."""

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
        what, count = self.request.query.get("done", ""), self.request.query.get("n", "")
        if what not in DONE or not (count.isascii() and count.isdigit()):
            return ""
        return self.t(f"admin.done.{what}", n=int(count[:6]))

    def on(self, path: str, done: str = "", n: int = 0) -> web.Response:
        """Send the browser on to a page, which then says what was done (to ``n`` households)."""
        query = f"{'&' if '?' in path else '?'}{urlencode({'done': done, 'n': n})}" if done else ""
        return web.Response(status=303, headers={"Location": path + query})


def read_number(text: str) -> int | None:
    """How much of something a page had shown, by a hidden field of it; None where it does not say."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else None


def checked_id(text: str) -> int:
    """An id from a path or a form.

    Raises:
        OutOfAreaError: not a number that a database could hold.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > _LARGEST_ID:
        raise OutOfAreaError
    return int(text)
