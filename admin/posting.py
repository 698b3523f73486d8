"""Opening a village's notice: first the list as everybody will read it, then the button (L8 step 2)."""

from aiohttp import web

from admin.call import Call
from admin.gate import allow
from admin.words import refusal
from intake.access import access_village
from intake.moves import RefusedError
from intake.notices import open_notice
from intake.procedure import Pass, Role, State
from intake.reads.households import lines
from intake.reads.seasons import current_scheme
from intake.rules import Refusal, mark_of, notice_end_of, notice_line
from locales import figures

_MOST = 1000


@allow(Role.VILLAGE)
async def show_posting(call: Call) -> web.Response:
    """The public lines as they would be posted now, and the day they would come down."""
    code, pass_ = call.word("code"), call.pass_
    async with call.reading() as db:
        village = await access_village(db, call.official, code)
        scheme = await current_scheme(db, call.official)
        rows = (
            await lines(db, call.official, scheme[0].id, pass_, [State.REVIEWED], village=code, most=_MOST)
            if scheme
            else []
        )
    content = scheme[1] if scheme else None
    with_amounts = content is not None and content.notice_amounts and pass_ is Pass.GRANT
    public = [
        notice_line(row.head, row.persons, list(row.reliefs), row.amount_fen if with_amounts else None) for row in rows
    ]
    ends = notice_end_of(content, call.now) if content else None
    unknown = refusal(call.t, ends).text if isinstance(ends, Refusal) else ""
    return call.page(
        "posting.html",
        call.form.status,
        village=village,
        pass_=pass_,
        rows=rows,
        public=public,
        with_amounts=with_amounts,
        content=content,
        closes_at=None if isinstance(ends, Refusal) else ends,
        unknown=unknown,
        shown=mark_of(public) if len(rows) < _MOST else "",
        days=figures.days(call.t, content.notice_days, content.notice_kind) if content else "",
    )


@allow(Role.VILLAGE)
async def do_posting(call: Call) -> web.StreamResponse:
    """Open the notice, or show why not (equal shares, nothing to post)."""
    code = call.word("code")
    async with call.reading() as db:
        await access_village(db, call.official, code)
        scheme = await current_scheme(db, call.official)
    if scheme is None:
        return await show_posting.handler(call)
    try:
        async with call.changing() as unit:
            shown = call.form.text("shown")
            notice = await open_notice(
                unit.db, unit.journal, call.official, unit.now, code, call.pass_, scheme[0].id, shown
            )
    except RefusedError as error:
        await call.refuse(error, call.pass_)
        return await show_posting.handler(call)
    return call.on(f"/admin/notice/{notice.id}", "notice", len(notice.lines))
