"""The scheme in the console: what is in force, its versions with their differences, and its file (for all to read)."""

import json
from itertools import pairwise, zip_longest

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from admin.call import Call
from admin.gate import CASE_READERS, allow
from admin.scheme_rows import SECTIONS, differences, rows
from intake.access import OutOfAreaError
from intake.procedure import Role
from intake.reads.schemes import Version, county_of, newest, places, seasons, versions
from intake.scheme.faults import years
from intake.workdays import WORKING, unknown_years

EDITOR = Role.COUNTY
"""Who changes a scheme; the others read it."""


@allow(*CASE_READERS)
async def show_scheme(call: Call) -> web.Response:
    """The newest season's scheme, or an earlier season's or version's where the address names one."""
    async with call.reading() as db:
        known = await seasons(db, call.official)
        found = await _asked(call, db, known)
        where = await places(db, call.official)
    if found is None:
        return call.page("scheme.html", found=None, editor=call.official.role is EDITOR, seasons=known)
    in_force = found.season == known[0] and not _query(call, "version")
    span = years(found.season) or (found.content.opens_on.year,)
    unknown = unknown_years(span, found.content.days) if found.content.notice_kind == WORKING else []
    return call.page(
        "scheme.html",
        found=found,
        sections=SECTIONS,
        rows=rows(call.t, found.content, where),
        editor=call.official.role is EDITOR,
        editable=call.official.role is EDITOR and in_force and not found.closed,
        closed=found.closed,
        in_force=in_force,
        seasons=known,
        unknown=unknown,
    )


async def _asked(call: Call, db: AsyncSession, known: list[str]) -> Version | None:
    """The version that the address names, of the official's own county."""
    season, number = _query(call, "season") or (known[0] if known else ""), _query(call, "version")
    if number and not (number.isascii() and number.isdigit() and len(number) < 7):
        raise OutOfAreaError
    found = await versions(db, call.official, season, most=1, number=int(number) if number else None)
    if not found and (known or number):
        raise OutOfAreaError
    return found[0] if found else None


def _query(call: Call, name: str) -> str:
    return call.request.query.get(name, "")[:16]


@allow(*CASE_READERS)
async def show_history(call: Call) -> web.Response:
    """The versions of a season, and what each changed."""
    async with call.reading() as db:
        known = await seasons(db, call.official)
        season = _query(call, "season") or (known[0] if known else "")
        found = await versions(db, call.official, season)
        if not found and known:
            raise OutOfAreaError
        where = await places(db, call.official)
    written = [rows(call.t, one.content, where) for one in found]
    changed = [differences(before, after) for after, before in pairwise(written)]
    return call.page("scheme_history.html", season=season, found=list(zip_longest(found, changed, fillvalue=())))


@allow(*CASE_READERS)
async def show_file(call: Call) -> web.Response:
    """The scheme as a JSON file, which ``nuandong scheme load`` and the upload take back."""
    async with call.reading() as db:
        found = await _asked(call, db, await seasons(db, call.official))
    if found is None:
        raise OutOfAreaError
    county = county_of(call.official)
    body = {"county": county, "season": found.season, **found.content.to_json()}
    name = f"scheme-{county}-{found.season}-{found.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(
        text=json.dumps(body, ensure_ascii=False, indent=2) + "\n", content_type="application/json", headers=headers
    )


async def in_force(call: Call) -> Version | None:
    """The version in force of the newest season of the official's county."""
    async with call.reading() as db:
        return await newest(db, call.official)
