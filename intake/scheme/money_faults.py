"""What is wrong with the money of a scheme: tiers, bounds, raises (L4-L6), and what the season was given. Pure."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from intake.codes import TIERS
from intake.scheme.content import SchemeContent
from intake.scheme.fault import Fault, whole
from intake.scheme.parts import BUDGET_KINDS, GOODS, SOURCES, BudgetLine

MOST_FEN = 10**13
"""A hundred thousand million yuan: more is a slip."""
MOST_GOODS = 10**9


def money_faults(content: SchemeContent) -> Iterator[Fault]:
    """Everything that is wrong with the money."""
    if not isinstance(content.tiers, Mapping) or not content.tiers:
        yield Fault("tiers", "no_tiers", {"known": TIERS})
        return
    money = {
        "per_person_floor_fen": content.per_person_floor_fen,
        "per_person_cap_fen": content.per_person_cap_fen,
        "household_cap_fen": content.household_cap_fen,
        **{f"tiers.{tier}": fen for tier, fen in content.tiers.items()},
    }
    wrong = [name for name, fen in money.items() if not whole(fen, 0, MOST_FEN)]
    yield from (Fault(name, "fen", {"given": money[name]}) for name in wrong)
    if not wrong:
        yield from _bounds(content)
    yield from _raises(content)
    for place, line in enumerate(content.budget, 1):
        yield from _budget(place, line)


def _bounds(content: SchemeContent) -> Iterator[Fault]:
    low, high = content.per_person_floor_fen, content.per_person_cap_fen
    if low > high:
        yield Fault("per_person_floor_fen", "floor_over_cap")
    outside = tuple(tier for tier, fen in content.tiers.items() if not low <= fen <= high)
    if outside:
        yield Fault(f"tiers.{outside[0]}", "tier_outside", {"low_fen": low, "high_fen": high, "codes": outside})
    known = [tier for tier in TIERS if tier in content.tiers]
    for lower, higher in pairwise(known):
        if content.tiers[lower] >= content.tiers[higher]:
            yield Fault(f"tiers.{higher}", "tier_order", {"codes": (lower, higher)})
    if content.household_cap_fen < low:
        yield Fault("household_cap_fen", "household_under_floor")


def _raises(content: SchemeContent) -> Iterator[Fault]:
    if not isinstance(content.raises.allowed, bool):
        yield Fault("raises.allowed", "yes_no", {"given": content.raises.allowed})
    cap = content.raises.household_cap_fen
    least = content.household_cap_fen
    if cap is not None and not (whole(cap, 0, MOST_FEN) and (not whole(least, 0) or cap > least)):
        yield Fault("raises.household_cap_fen", "raise_under_cap", {"given": cap})


def _budget(place: int, line: BudgetLine) -> Iterator[Fault]:
    goods = line.kind == GOODS
    checks = (
        ("kind", line.kind, line.kind in BUDGET_KINDS, "money or goods"),
        ("source", line.source, line.source in SOURCES, f"one of {', '.join(SOURCES)}"),
        ("name", line.name, isinstance(line.name, str) and bool(line.name.strip()), "how the document calls it"),
        (
            "worth_fen",
            line.worth_fen,
            whole(line.worth_fen, 0 if goods else 1, MOST_FEN),
            "whole fen, e.g. 10000 for 100 yuan",
        ),
        (
            "quantity",
            line.quantity,
            whole(line.quantity, 1, MOST_GOODS) if goods else line.quantity == 0,
            "how many, of goods only",
        ),
        ("unit", line.unit, bool(line.unit) is goods and isinstance(line.unit, str), "a unit, of goods only"),
    )
    for name, given, right, example in checks:
        if not right:
            params = {"line": place, "name": name, "given": given, "right": example}
            yield Fault(f"budget.{place}.{name}", "budget", params)
