"""How facts read on a page: money, days, instants and refusals in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from intake.procedure import State
from intake.reads.last_moves import Moved
from intake.rules import Refusal
from locales import Texts, dates, figures
from store.clock import CHINA

CONFLICTS = frozenset(
    {
        "refusal.state",
        "refusal.role",  # a page offers only its role's actions: the case had moved on to another's
        "refusal.unknown_case",
        "refusal.L8.settled",
        "refusal.L8.nothing_to_post",
        "refusal.L8.list_overtaken",
        "refusal.L8.filed_anew",
        "refusal.L9.hint_overtaken",
        "refusal.L8.objection_added",
        "refusal.card.changed",
        "refusal.card.changed_by_contact",
        "refusal.pay.changed",
        "refusal.pay.nothing",
        "refusal.pay.released_before",
        "refusal.pay.return_stale",
        "refusal.pay.return_taken",
        "refusal.pay.settled",
        "refusal.pay.stale",
        *(f"refusal.pay.release_{state}" for state in ("released", "sent", "closed", "dropped")),
        *(f"refusal.pay.drop_{state}" for state in ("sent", "closed", "dropped")),
        *(f"refusal.pay.file_{state}" for state in ("closed", "dropped")),
        *(f"refusal.pay.settle_{state}" for state in ("closed", "dropped")),
    }
)
"""Refusals that mean: someone was faster, or it was done before."""


def money(t: Texts, fen: int) -> str:
    """``¥1,234.00`` for 123400 fen."""
    return figures.money(t, fen)


def yuan(fen: int) -> str:
    """``1234.00`` for 123400 fen, as it stands in a field."""
    return f"{Decimal(fen) / 100:.2f}"


def day(t: Texts, when: date | datetime) -> str:
    """The day in China, ``2022年11月1日``."""
    if isinstance(when, datetime):
        when = when.astimezone(CHINA).date()
    return dates.long_date(t, when)


def moment(t: Texts, when: datetime) -> str:
    """Day and time in China, ``2022年11月1日 12:00``."""
    return dates.moment(t, when.astimezone(CHINA))


def label(t: Texts, kind: str, code: str) -> str:
    """The label of a code (``state.applied``); a code that is the scheme's own data and has no label shows itself."""
    key = f"{kind}.{code}"
    return t(key) if t.has(key) else code


def labels(t: Texts, kind: str, codes: Sequence[str]) -> str:
    """The labels of several codes, ``干旱、风雹``."""
    return figures.listed(t, (label(t, kind, code) for code in codes))


def options(t: Texts, kind: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    """The codes with their labels, as a choice offers them."""
    return [(code, label(t, kind, code)) for code in codes]


@dataclass(frozen=True, slots=True)
class No:
    """A refusal in words; ``conflict`` is whether the case had moved before, ``moved`` by whom and when."""

    rule: str
    text: str
    conflict: bool
    moved: str = ""


def refusal(t: Texts, said: Refusal, moved: str = "") -> No:
    """What a refusal says to the official, with its amounts, states and disasters in words."""
    params = {name: _param(t, name, value) for name, value in said.params.items()}
    return No(said.rule, t(said.key, **params), said.key in CONFLICTS, moved)


def moved_by(t: Texts, last: Moved, reader: int) -> str:
    """Who moved a case and when, as the official ``reader`` is told."""
    who = "you" if last.staff_id == reader else "other"
    action = label(t, "action", last.action.value)
    return t(f"admin.moved.{who}", who=last.name, when=moment(t, last.at), action=action)


def _param(t: Texts, name: str, value: Any) -> Any:
    if name.endswith("_fen"):
        return money(t, value)
    if name == "categories":
        return labels(t, "category", value)
    if name == "disasters":
        return labels(t, "disaster", value)
    if name == "state":
        return label(t, "state", State(value).value)
    if isinstance(value, datetime):
        return moment(t, value)
    if isinstance(value, date):
        return day(t, value)
    return value
