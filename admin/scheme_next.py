"""The next season from the content of the last one, and a scheme from a file: both are looked at before they count."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from aiohttp import web

from admin.call import Call
from admin.forms import Form
from admin.gate import allow
from admin.scheme import EDITOR, in_force
from admin.scheme_filled import filled
from admin.scheme_rows import Difference, differences, label, rows
from admin.scheme_saving import Overtaken, note, overtaken, save, typed_version
from admin.scheme_typed import basics
from admin.uploads import upload
from intake.county import unknown_places
from intake.reads.schemes import Version, county_of, places
from intake.scheme import SchemeContent
from intake.scheme.faults import faults, years
from intake.scheme.seasons import first_content, next_content, next_season
from intake.writable import clean
from locales import figures
from store.clock import china_date

LARGEST_FILE = 512 * 1024


def _closed(call: Call, found: Version | None) -> bool:
    """Whether a next season may begin: officials work in the newest, so the last one has to be over."""
    return found is None or found.closed or china_date(call.now) > found.content.closes_on


def _offered(call: Call, found: Version | None) -> tuple[str, SchemeContent]:
    if found is None:
        year = china_date(call.now).year
        return f"{year}-{year + 1}", first_content(year)
    return next_season(found.season), next_content(found.season, found.content)


@allow(EDITOR)
async def show_next(call: Call) -> web.Response:
    """The next season as it would begin."""
    return await _show_next(call, await in_force(call), None)


async def _show_next(call: Call, found: Version | None, other: Overtaken | None) -> web.Response:
    season, content = _offered(call, found)
    posted = call.request.method == "POST"
    form = call.form if posted else Form(call.t, filled(content) | {"season": season})
    return call.page(
        "scheme_next.html",
        409 if other else call.form.status,
        found=found,
        closed=_closed(call, found),
        overtaken=other,
        filled=form,
        names={name: label(call.t, name) for name in form.errors},
    )


@allow(EDITOR)
async def do_next(call: Call) -> web.Response:
    """Begin the next season; of two who do so at once the second is told."""
    found = await in_force(call)
    season, offered = _offered(call, found)
    if call.form.text("season") != season or not _closed(call, found):
        other = await overtaken(call, season, 0) if found and found.season == call.form.text("season") else None
        return await _show_next(call, found, other)
    content = replace(
        offered, **basics(call.form, offered), pay_before=call.form.day("pay_before") or offered.pay_before
    )
    other = await save(call, season, content, 0, {})
    if call.form.errors or other:
        return await _show_next(call, found, other)
    return call.on("/admin/scheme", "scheme_begun", 1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A scheme as a file had it."""

    text: str
    season: str
    content: SchemeContent


@allow(EDITOR)
async def show_upload(call: Call) -> web.Response:
    """Where a file is chosen."""
    return await _show_upload(call, await in_force(call), None, None)


async def _show_upload(call: Call, found: Version | None, sent: Sent | None, other: Overtaken | None) -> web.Response:
    changed: list[Difference] | None = None
    if sent is not None and not call.form.errors:
        async with call.reading() as db:
            where = await places(db, call.official)
        before = rows(call.t, found.content, where) if found and found.season == sent.season else []
        changed = differences(before, rows(call.t, sent.content, where))
    names = {name: label(call.t, name) for name in call.form.errors}
    return call.page(
        "scheme_upload.html",
        409 if other else call.form.status,
        sent=sent if not call.form.errors else None,
        changed=changed,
        overtaken=other,
        filled=call.form,
        names=names,
        based_on=found.number if found and sent and found.season == sent.season else 0,
    )


@allow(EDITOR)
async def do_upload(call: Call) -> web.Response:
    """Show what a file would change or what is wrong with it; take it once that was confirmed."""
    found, sent = await in_force(call), await _sent(call)
    if sent is None:
        return await _show_upload(call, found, None, None)
    async with call.reading() as db:
        where = await places(db, call.official)
        missing = await unknown_places(db, sent.content.places())
    outside = [code for code in sent.content.places() if not code.startswith(county_of(call.official))]
    if missing or outside:
        call.form.wrong("file", "admin.scheme.wrong.places", codes=figures.listed(call.t, (missing or outside)[:5]))
    newest = found.season if found else ""
    if sent.season < newest or (sent.season > newest and not _closed(call, found)):
        call.form.wrong("file", "admin.scheme.wrong.other_season", season=newest)
    note(call.form, call.t, list(faults(sent.season, sent.content)), where)
    if call.form.errors or not call.form.text("confirmed"):
        return await _show_upload(call, found, sent, None)
    other = await save(call, sent.season, sent.content, typed_version(call), where)
    if call.form.errors or other:
        return await _show_upload(call, await in_force(call), sent, other)
    return call.on("/admin/scheme", "scheme", 1)


def _writable(value: object) -> bool:
    """Whether everything in it can be kept and printed."""
    if isinstance(value, str):
        return clean(value) == value
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(_writable(part) for part in parts)


async def _sent(call: Call) -> Sent | None:
    """The scheme of the file, or of the page that showed it; None with a note where it is none."""
    text = call.form.text("body")
    if not text:
        file = await upload(call, "file", LARGEST_FILE)
        if not file.content or len(file.content) > LARGEST_FILE:
            call.form.wrong("file", "admin.scheme.wrong.no_file")
            return None
        text = file.content.decode("utf-8-sig", "replace")
    try:
        body: Any = json.loads(text)
        county, season = str(body.pop("county")), str(body.pop("season"))
        content = SchemeContent.from_json(body)
        list(faults(season, content))
        if years(season) is None or not isinstance(content.pay_before, date):
            raise ValueError(season)
        filled(content)
        if not _writable(body):
            raise ValueError("characters")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ArithmeticError) as error:
        what = error.args[0] if isinstance(error, KeyError) and error.args else type(error).__name__
        call.form.wrong("file", "admin.scheme.wrong.file", what=str(what)[:40])
        return None
    if county != county_of(call.official):
        call.form.wrong("file", "admin.scheme.wrong.county", county=county_of(call.official))
        return None
    return Sent(text, season, content)
