"""Changing one section of the scheme: a plain form, every fault beside its field, nothing typed is lost."""

from dataclasses import replace

from aiohttp import web

from admin.call import Call
from admin.forms import Form
from admin.gate import allow
from admin.scheme import EDITOR, in_force
from admin.scheme_filled import filled
from admin.scheme_rows import label
from admin.scheme_saving import Overtaken, overtaken, save, typed_version
from admin.scheme_typed import MOST_LINES, READERS, SPARE_LINES, affected
from intake.access import OutOfAreaError
from intake.codes import CATEGORIES, DISASTERS, FAMILIES, TIERS
from intake.reads.schemes import Place, Version, county_of, places
from intake.scheme import SchemeContent
from intake.scheme.banks import ENCODINGS, FIELDS, FORMATS
from intake.scheme.faults import years
from intake.scheme.parts import BUDGET_KINDS, PAYMENT_FORMS, SOURCES
from intake.season_calendar import usual
from intake.spring_festival import spring_festival
from intake.workdays import KINDS, unknown_years


@allow(EDITOR)
async def show_edit(call: Call) -> web.Response:
    """A section as it is in force, in fields."""
    return await _show(call, await _found(call), None)


async def _found(call: Call) -> Version:
    found = await in_force(call)
    if found is None:
        raise OutOfAreaError
    return found


async def _places(call: Call) -> dict[str, Place]:
    async with call.reading() as db:
        return await places(db, call.official)


async def _show(call: Call, found: Version, other: Overtaken | None, code: str = "") -> web.Response:
    where = await _places(call)
    section = "affected" if code else call.word("section")
    form = call.form if call.request.method == "POST" else Form(call.t, filled(found.content))
    span = years(found.season) or (found.content.opens_on.year, found.content.closes_on.year)
    lines = len([name for name in form.typed if name.startswith("budget.") and name.endswith(".kind")])
    return call.page(
        "scheme_edit.html",
        409 if other else call.form.status,
        found=other.newer if other else found,
        overtaken=other,
        section=section,
        code=code,
        filled=form,
        names={name: label(call.t, name, where) for name in form.errors},
        where=where,
        below=_below(where, code) if code else (),
        level=len(code),
        codes={
            "category": CATEGORIES,
            "disaster": DISASTERS,
            "family": FAMILIES,
            "tier": TIERS,
            "payment_form": PAYMENT_FORMS,
            "budget_kind": BUDGET_KINDS,
            "source": SOURCES,
            "notice_kind": KINDS,
            "bank_format": FORMATS,
            "bank_encoding": ENCODINGS,
            "bank_field": FIELDS,
        },
        bank_count=len([name for name in form.typed if name.startswith("banks.") and name.endswith(".name")]),
        lines=min(MOST_LINES, lines + SPARE_LINES if call.request.method == "GET" else max(lines, SPARE_LINES)),
        festival=spring_festival(span[1]),
        usual=usual(found.season),
        unknown=unknown_years(span, found.content.days),
        counts=_counts(found.content, where),
    )


def _below(where: dict[str, Place], code: str) -> list[Place]:
    return [place for place in where.values() if place.parent == code]


def _counts(content: SchemeContent, where: dict[str, Place]) -> dict[str, int]:
    """How many villages of each township were hit by themselves."""
    counted: dict[str, int] = {}
    for code in content.affected:
        if len(code) == 12 and code in where:
            counted[code[:9]] = counted.get(code[:9], 0) + 1
    return counted


@allow(EDITOR)
async def do_edit(call: Call) -> web.Response:
    """Save a section."""
    found = await _found(call)
    changes = READERS[call.word("section")](call.form, found.content)
    return await _save(call, found, replace(found.content, **changes), "")


async def _save(call: Call, found: Version, content: SchemeContent, code: str) -> web.Response:
    based_on = typed_version(call)
    if call.form.text("season") != found.season or based_on != found.number:
        return await _show(call, found, await overtaken(call, found.season, based_on), code)
    other = await save(call, found.season, content, based_on, await _places(call))
    if call.form.errors or other:
        return await _show(call, found, other, code)
    return call.on("/admin/scheme", "scheme", found.number + 1)


def _checked(call: Call, where: dict[str, Place]) -> str:
    """The county of the official or a township of it."""
    code = call.request.match_info.get("township") or county_of(call.official)
    if code not in where or len(code) > 9:
        raise OutOfAreaError
    return code


@allow(EDITOR)
async def show_affected(call: Call) -> web.Response:
    """Where the season hit: the whole county and the list of townships, or one township with its villages."""
    code = _checked(call, await _places(call))
    return await _show(call, await _found(call), None, code)


@allow(EDITOR)
async def do_affected(call: Call) -> web.Response:
    """Save where the season hit, for the county as a whole or for one township and its villages."""
    where = await _places(call)
    code, found = _checked(call, where), await _found(call)
    villages = tuple(place.code for place in _below(where, code)) if len(code) == 9 else ()
    changes = affected(call.form, found.content, (code, *villages))
    return await _save(call, found, replace(found.content, **changes), code)
