"""Saving a scheme from the console: every fault at its field, and whoever was overtaken is told what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from admin import words
from admin.call import Call
from admin.forms import Form
from admin.scheme_rows import Difference, differences, label, rows
from intake.county import ClosedError, StaleError, save_scheme
from intake.reads.schemes import Place, Version, county_of, newest, places, versions
from intake.scheme import SchemeContent
from intake.scheme.fault import Fault
from intake.scheme.faults import faults
from locales import Texts


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody saved ``newer`` while the form was filled in, and what of the scheme they changed."""

    newer: Version
    changed: Sequence[Difference] = field(default_factory=tuple)


def note(form: Form, t: Texts, found: Sequence[Fault], where: Mapping[str, Place]) -> None:
    """Write what is wrong beside its field, in the page's words, with what is right."""
    for fault in found:
        form.errors.setdefault(fault.name, said(t, fault, where))


def said(t: Texts, fault: Fault, where: Mapping[str, Place]) -> str:
    """One fault in Chinese."""
    params = {name: _param(t, fault, name, value, where) for name, value in fault.params.items()}
    return t(f"admin.scheme.wrong.{fault.what}", **{"name": label(t, fault.name, where)} | params)


def _param(t: Texts, fault: Fault, name: str, value: Any, where: Mapping[str, Place]) -> Any:
    if name.endswith("_fen"):
        return words.money(t, value)
    if isinstance(value, date):
        return words.day(t, value)
    if name in ("codes", "known"):
        return words.labels(t, _KINDS.get(fault.name.partition(".")[0], ""), [str(code) for code in value])
    if name in ("name", "before"):
        return label(t, f"budget.{fault.params['line']}.{value}" if fault.what == "budget" else str(value), where)
    if name == "village":
        return where[value].name if value in where else value
    if name == "right":
        return t(f"admin.scheme.right.{fault.name.rpartition('.')[2]}")
    return str(value)[:20] if name == "given" else value


_KINDS = {
    "tiers": "tier",
    "affected": "disaster",
    "families": "category",
    "simplified": "category",
    "payment_forms": "payment_form",
}


def typed_version(call: Call) -> int:
    """The version that the form was made from."""
    text = call.form.text("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


async def save(
    call: Call, season: str, content: SchemeContent, based_on: int, where: Mapping[str, Place]
) -> Overtaken | None:
    """Save a content as the next version, unless something is wrong with it (the form then says what) or somebody was
    faster."""
    note(call.form, call.t, list(faults(season, content)), where)
    if call.form.errors:
        return None
    try:
        async with call.changing() as unit:
            county = county_of(call.official)
            await save_scheme(
                unit.db, unit.journal, unit.now, county, season, content, by=call.official, based_on=based_on
            )
    except ClosedError:
        call.form.wrong("season", "admin.closing.scheme_closed")
        return None
    except StaleError:
        return await overtaken(call, season, based_on)
    return None


async def overtaken(call: Call, season: str, based_on: int) -> Overtaken:
    """Who saved what since version ``based_on``."""
    async with call.reading() as db:
        newer = await newest(db, call.official)
        before = await versions(db, call.official, season, most=1, number=based_on)
        where = await places(db, call.official)
    if newer is None:
        raise StaleError
    changed = differences(rows(call.t, before[0].content, where), rows(call.t, newer.content, where)) if before else []
    return Overtaken(newer, changed)
