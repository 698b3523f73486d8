"""The end of a season in the console: what is still open, closing it, and taking it up again (L10)."""

import orjson
from aiohttp import web

from admin.call import Call
from admin.gate import allow
from intake.closing import ClosingError, close_season, reopen_season
from intake.procedure import Role
from intake.reads.open_matters import open_matters
from intake.reads.season_acts import season_acts
from intake.reads.seasons import current_scheme

_MOST = 4000


@allow(Role.COUNTY)
async def show_closing(call: Call) -> web.Response:
    """What of the season is open, and the form that closes it or takes it up again."""
    return await _show(call)


async def _show(call: Call, status: int = 200) -> web.Response:
    async with call.reading() as db:
        found = await current_scheme(db, call.official)
        open_ = await open_matters(db, call.official, found[0].id, call.now) if found else {}
        acts = await season_acts(db, call.official, found[0].id) if found else []
    return call.page(
        "closing.html",
        status,
        scheme=found[0] if found else None,
        open=open_,
        seen=orjson.dumps(dict(open_), option=orjson.OPT_SORT_KEYS).decode(),
        acts=acts,
    )


@allow(Role.COUNTY)
async def do_close(call: Call) -> web.Response:
    """Close the season; the name of the season is typed, so that nobody does so by a slip."""
    season, reason = call.form.text("season"), call.form.text("reason")
    if call.form.text("confirm").replace(" ", "").replace("—", "-") != season:
        call.form.wrong("confirm", "admin.closing.wrong.confirm", season=season)
        return await _show(call, 422)
    try:
        async with call.changing() as unit:
            await close_season(unit, call.official, season, reason[:_MOST], _seen(call.form.text("seen")))
    except ClosingError as error:
        return await _refused(call, error)
    return call.on("/admin/closing", "season_closed", 1)


@allow(Role.COUNTY)
async def do_reopen(call: Call) -> web.Response:
    """Take the season up again."""
    try:
        async with call.changing() as unit:
            await reopen_season(unit, call.official, call.form.text("season"), call.form.text("reason")[:_MOST])
    except ClosingError as error:
        return await _refused(call, error)
    return call.on("/admin/closing", "season_reopened", 1)


async def _refused(call: Call, error: ClosingError) -> web.Response:
    name = "reason" if error.code == "reason" else "season"
    call.form.wrong(name, f"admin.closing.wrong.{error.code}")
    return await _show(call, 409 if error.code in ("changed", "closed", "open") else 422)


def _seen(text: str) -> dict[str, int]:
    try:
        body = orjson.loads(text)
        return {str(kind): int(count) for kind, count in body.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
