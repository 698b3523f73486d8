"""A scheme in words, row by row: what the page shows, and what of it differs between two versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from admin import words
from admin.scheme_banks import told
from intake.codes import CATEGORIES, TIERS
from intake.reads.schemes import Place
from intake.scheme import SchemeContent
from intake.scheme.parts import GOODS
from intake.workdays import CALENDAR
from locales import Texts, figures

SECTIONS = ("basics", "affected", "families", "money", "procedure", "dates", "days", "budget", "banks")
EDITED = tuple(section for section in SECTIONS if section != "affected")
"""Sections with one plain form; where the season hit has pages of its own, township by township."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a scheme says: the section where it stands, its key, its name and what it says, in words."""

    section: str
    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that another version says otherwise; empty where one of them says nothing."""

    label: str
    before: str
    after: str


def rows(t: Texts, content: SchemeContent, places: Mapping[str, Place]) -> list[Row]:
    """The whole content, in the order of :data:`SECTIONS`."""
    made = [
        *_basics(t, content),
        *_affected(t, content, places),
        *_families(t, content),
        *_money(t, content),
        *_procedure(t, content),
        *_dates(t, content),
        *_days(t, content),
        *_budget(t, content),
        *told(t, content),
    ]
    return [Row(section, key, name or label(t, key), text) for section, key, name, text in made]


def differences(before: Sequence[Row], after: Sequence[Row]) -> list[Difference]:
    """What ``after`` says otherwise than ``before``."""
    old, new = {row.key: row for row in before}, {row.key: row for row in after}
    found = []
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if (was.text if was else "") != (now.text if now else ""):
            found.append(Difference((now or was).label, was.text if was else "", now.text if now else ""))  # type: ignore[union-attr]
    return found


def label(t: Texts, name: str, places: Mapping[str, Place] | None = None) -> str:
    """The name of a field, of a place's or a budget line's too."""
    first, _, rest = name.partition(".")
    if first == "tiers" and rest:
        return t("admin.scheme.field.tier", tier=words.label(t, "tier", rest))
    if first in ("groups", "affected") and rest:
        return t(f"admin.scheme.field.{first}_of", place=_place(rest, places or {}))
    if first == "budget" and rest:
        line, _, part = rest.partition(".")
        return t("admin.scheme.field.budget_line", n=line, part=t(f"admin.scheme.field.budget.{part}") if part else "")
    if first == "banks" and rest:
        line, _, part = rest.partition(".")
        return t("admin.scheme.field.bank_line", n=line, part=t(f"admin.scheme.field.banks.{part}") if part else "")
    if first == "families" and rest:
        return words.label(t, "category", rest)
    key = f"admin.scheme.field.{name}"
    return t(key) if t.has(key) else t(f"admin.scheme.field.{first}")


Made = Iterator[tuple[str, str, str, str]]


def _basics(t: Texts, content: SchemeContent) -> Made:
    for key, text in (
        ("title", content.title),
        ("document", content.document),
        ("opens_on", words.day(t, content.opens_on)),
        ("closes_on", words.day(t, content.closes_on)),
        ("hotline", content.hotline),
        ("contact_phone", content.contact_phone),
    ):
        yield "basics", key, "", text


def _place(code: str, places: Mapping[str, Place]) -> str:
    found = places.get(code)
    if found is None:
        return code
    above = places.get(found.parent or "")
    return f"{above.name}{found.name}" if above is not None and len(code) == 12 else found.name


def _affected(t: Texts, content: SchemeContent, places: Mapping[str, Place]) -> Made:
    for code in sorted(content.affected):
        if content.affected[code]:
            key = f"affected.{code}"
            yield "affected", key, label(t, key, places), words.labels(t, "disaster", content.affected[code])
    for code in sorted(content.groups):
        key = f"groups.{code}"
        yield "affected", key, label(t, key, places), figures.listed(t, content.groups[code])


def _families(t: Texts, content: SchemeContent) -> Made:
    for category in CATEGORIES:
        family = content.families.get(category)
        text = words.label(t, "family", family) if family else t("admin.scheme.no_family")
        yield "families", f"families.{category}", "", text


def _money(t: Texts, content: SchemeContent) -> Made:
    for tier in TIERS:
        if tier in content.tiers:
            yield "money", f"tiers.{tier}", "", words.money(t, content.tiers[tier])
    for key in ("per_person_floor_fen", "per_person_cap_fen", "household_cap_fen"):
        yield "money", key, "", words.money(t, getattr(content, key))
    yield "money", "raises.allowed", "", _yes_no(t, content.raises.allowed)
    cap = content.raises.household_cap_fen
    if content.raises.allowed:
        yield "money", "raises.household_cap_fen", "", words.money(t, cap) if cap else t("admin.scheme.no_limit")
    yield "money", "equal_shares_from", "", t("admin.households", n=content.equal_shares_from)
    yield "money", "payment_forms", "", words.labels(t, "payment_form", content.payment_forms)


def _procedure(t: Texts, content: SchemeContent) -> Made:
    yield "procedure", "notice_days", "", figures.days(t, content.notice_days, content.notice_kind)
    yield "procedure", "notice_amounts", "", _yes_no(t, content.notice_amounts)
    yield "procedure", "appeal_days", "", figures.days(t, content.appeal_days, CALENDAR)
    columns = figures.listed(t, content.statistics_columns)
    yield "procedure", "statistics_columns", "", columns or t("admin.none")
    quorum = content.quorum
    people, share = t("admin.scheme.people", n=quorum.present), f"{quorum.share_percent}%"
    yield "procedure", "quorum.present", "", people if quorum.present else t("admin.scheme.not_asked")
    yield "procedure", "quorum.share_percent", "", share if quorum.share_percent else t("admin.scheme.not_asked")
    simplified = words.labels(t, "category", content.simplified)
    yield "procedure", "simplified", "", simplified or t("admin.scheme.nobody")


def _dates(t: Texts, content: SchemeContent) -> Made:
    yield "dates", "pay_before", "", words.day(t, content.pay_before)
    for name in ("survey_by", "request_by", "supervision_from", "supervision_to", "archive_by", "statistics_by"):
        day = getattr(content.dates, name)
        yield "dates", f"dates.{name}", "", words.day(t, day) if day else t("admin.scheme.usual_day")


def _days(t: Texts, content: SchemeContent) -> Made:
    table = content.days
    for key, days in (("days.holidays", table.holidays), ("days.workdays", table.workdays)):
        yield "days", key, "", figures.listed(t, map(date.isoformat, sorted(days))) or t("admin.none")
    yield "days", "days.years", "", figures.listed(t, map(str, table.years)) or t("admin.none")


def _budget(t: Texts, content: SchemeContent) -> Made:
    for place, line in enumerate(content.budget, 1):
        much = f"{line.quantity} {line.unit}" if line.kind == GOODS else ""
        parts = (words.label(t, "budget_kind", line.kind), words.label(t, "source", line.source), line.name, much)
        worth = words.money(t, line.worth_fen) if line.worth_fen else ""
        yield "budget", f"budget.{place}", "", figures.listed(t, filter(None, (*parts, worth)))


def _yes_no(t: Texts, value: bool) -> str:
    return t("admin.scheme.yes" if value else "admin.scheme.no")
