"""What was typed into the forms of a scheme, read. Every section changes its own part of the content alone."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from admin.day_lists import read_days
from admin.forms import Form
from admin.scheme_banks import banks
from admin.scheme_filled import BOUNDS, DATES, ON
from intake.codes import CATEGORIES, DISASTERS, FAMILIES, TIERS
from intake.scheme import SchemeContent
from intake.scheme.groups import listed
from intake.scheme.parts import (
    BANK_CARD,
    BUDGET_KINDS,
    PAYMENT_FORMS,
    SOURCES,
    BudgetLine,
    Dates,
    Quorum,
    Raises,
)
from intake.workdays import KINDS, DayTable

SPARE_LINES = 3
MOST_LINES = 40
_NUMBER = re.compile(r"[0-9]{1,6}")


def whole(form: Form, name: str, otherwise: int) -> int:
    """A whole number from 0; ``otherwise`` and a note where none was typed."""
    plain = unicodedata.normalize("NFKC", form.text(name))
    if _NUMBER.fullmatch(plain) is None:
        form.wrong(
            name, "admin.scheme.wrong.number" if plain else "admin.scheme.wrong.number_missing", typed=plain[:20]
        )
        return otherwise
    return int(plain)


def money_fen(form: Form, name: str, otherwise: int) -> int:
    """Yuan as typed, in fen; ``otherwise`` and a note where there are none."""
    fen = form.amount_fen(name)
    if fen is None and name not in form.errors:
        form.wrong(name, "admin.scheme.wrong.amount_missing")
    return otherwise if fen is None else fen


def basics(form: Form, content: SchemeContent) -> dict[str, Any]:
    """What it is called, its days of application, its telephones."""
    texts = {name: form.text(name) for name in ("title", "document", "hotline", "contact_phone")}
    return texts | {name: form.day(name) or getattr(content, name) for name in ("opens_on", "closes_on")}


def money(form: Form, content: SchemeContent) -> dict[str, Any]:
    """Tiers, bounds, raises, equal shares, forms of payment; a tier that is left empty is not used."""
    priced = [tier for tier in TIERS if form.text(f"tiers.{tier}")]
    raised = form.text("raises.household_cap_fen")
    cap = money_fen(form, "raises.household_cap_fen", 0) if raised else None
    return {
        "tiers": {tier: money_fen(form, f"tiers.{tier}", content.tiers.get(tier, 0)) for tier in priced},
        **{name: money_fen(form, name, getattr(content, name)) for name in BOUNDS},
        "raises": Raises(form.text("raises.allowed") != "no", cap),
        "equal_shares_from": whole(form, "equal_shares_from", content.equal_shares_from),
        "payment_forms": tuple(
            code for code in PAYMENT_FORMS if code == BANK_CARD or _ticked(form, f"payment_forms.{code}")
        ),
    }


def procedure(form: Form, content: SchemeContent) -> dict[str, Any]:
    """The notice, the quorum, who may go without a vote."""
    return {
        "notice_days": whole(form, "notice_days", content.notice_days),
        "appeal_days": whole(form, "appeal_days", content.appeal_days),
        "statistics_columns": _lines(form.text("statistics_columns")),
        "notice_kind": form.choice("notice_kind", KINDS) or content.notice_kind,
        "notice_amounts": form.text("notice_amounts") == "yes",
        "quorum": Quorum(
            whole(form, "quorum.present", content.quorum.present),
            whole(form, "quorum.share_percent", content.quorum.share_percent),
        ),
        "simplified": tuple(code for code in CATEGORIES if _ticked(form, f"simplified.{code}")),
    }


def _lines(text: str) -> tuple[str, ...]:
    """One heading a line, without doubled blanks and empty lines."""
    return tuple(one for line in text.splitlines() if (one := " ".join(line.split())))


def families(form: Form, _content: SchemeContent) -> dict[str, Any]:
    """The family type of each category, those of the neediest types first: the first match counts."""
    chosen = {code: form.choice(f"families.{code}", FAMILIES) for code in CATEGORIES}
    return {"families": {code: type_ for type_ in FAMILIES for code in CATEGORIES if chosen[code] == type_}}


def dates(form: Form, content: SchemeContent) -> dict[str, Any]:
    """The calendar; a day that is left empty is the usual one."""
    given = {name: form.day(f"dates.{name}") for name in DATES if form.text(f"dates.{name}")}
    return {"dates": Dates(**given), "pay_before": form.day("pay_before") or content.pay_before}


def days(form: Form, content: SchemeContent) -> dict[str, Any]:
    """The county's table of single days."""
    read = {}
    for name in ("holidays", "workdays"):
        read[name], wrong = read_days(form.text(f"days.{name}"))
        if wrong:
            form.wrong(f"days.{name}", "admin.scheme.wrong.days", typed=wrong[0][:20])
    years = listed(unicodedata.normalize("NFKC", form.text("days.years")))
    odd = [year for year in years if not re.fullmatch("[0-9]{4}", year)]
    if odd:
        form.wrong("days.years", "admin.scheme.wrong.year", given=odd[0][:20])
    return {"days": DayTable(**read, years=tuple(int(year) for year in years if year not in odd))}


def budget(form: Form, _content: SchemeContent) -> dict[str, Any]:
    """What the season was given, line by line; a line that is left empty is none."""
    lines = []
    form.typed = _closed_up(form.typed)
    for place in range(1, MOST_LINES + 1):
        name = f"budget.{place}"
        if not _written(form.typed, place):
            break
        kind = form.choice(f"{name}.kind", BUDGET_KINDS)
        worth = form.amount_fen(f"{name}.worth_fen") or 0
        many = whole(form, f"{name}.quantity", 0) if form.text(f"{name}.quantity") else 0
        source = form.choice(f"{name}.source", SOURCES)
        lines.append(BudgetLine(kind, source, form.text(f"{name}.name"), worth, many, form.text(f"{name}.unit")))
    return {"budget": tuple(lines)}


_PARTS = ("kind", "source", "name", "worth_fen", "quantity", "unit")


def _written(typed: Mapping[str, str], place: int) -> bool:
    return any(typed.get(f"budget.{place}.{part}", "").strip() for part in _PARTS[2:])


def _closed_up(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields with the lines of the budget counted anew where an empty one lay between, so that what is wrong stands
    beside the line that is meant."""
    kept = {name: value for name, value in typed.items() if not name.startswith("budget.")}
    written = [place for place in range(1, MOST_LINES + 1) if _written(typed, place)]
    for new, old in enumerate(written, 1):
        kept |= {f"budget.{new}.{part}": typed.get(f"budget.{old}.{part}", "") for part in _PARTS}
    return kept


def affected(form: Form, content: SchemeContent, codes: tuple[str, ...]) -> dict[str, Any]:
    """Where the season hit, for the divisions of one page; what other pages say stays."""
    hit = {code: names for code, names in content.affected.items() if code not in codes}
    groups = {code: names for code, names in content.groups.items() if code not in codes}
    for code in codes:
        ticked = tuple(disaster for disaster in DISASTERS if _ticked(form, f"affected.{code}.{disaster}"))
        if ticked:
            hit[code] = ticked
        if named := listed(form.text(f"groups.{code}")):
            groups[code] = named
    return {"affected": dict(sorted(hit.items())), "groups": dict(sorted(groups.items()))}


def _ticked(form: Form, name: str) -> bool:
    return form.text(name) == ON


Reader = Callable[[Form, SchemeContent], dict[str, Any]]
READERS: Mapping[str, Reader] = {
    "basics": basics,
    "families": families,
    "money": money,
    "procedure": procedure,
    "dates": dates,
    "days": days,
    "budget": budget,
    "banks": banks,
}
