"""Money by the sources' words alone (L4, L5, L6), worked out a second time: whole fen and exact fractions, and not a
line of the product's code. Whoever changes a rule changes it here by the source, never by looking at the product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Plan:
    """What a county's plan says of money, in fen: per person and tier, at least for one person, at most for one
    household; whether a specially hard-hit household may get more, and up to what (0: no limit is named)."""

    tiers: Mapping[str, int]
    floor: int
    household: int
    raises: bool = True
    raise_limit: int = 0


def amount(plan: Plan, tier: str, persons: int) -> int:
    """L4: so much for each person in need; a household at most its cap."""
    whole = sum(plan.tiers[tier] for _ in range(persons))
    return plan.household if whole > plan.household else whole


def broken(plan: Plan, tier: str | None, persons: int, fen: int | None, statement: str) -> set[str]:
    """The rules that an amount breaks; none where it may be given."""
    if tier not in plan.tiers or fen is None:
        return {"L4"}
    rules = set()
    usual = amount(plan, tier, persons)
    if Fraction(fen, persons) < plan.floor:
        rules.add("L6")
    if fen < usual:
        rules.add("L4")
    if fen > usual:
        highest = all(plan.tiers[tier] >= other for other in plan.tiers.values())
        limited = plan.raise_limit and fen > plan.raise_limit
        if not highest or not plan.raises or limited:
            rules.add("L5")
        if not statement.strip():
            rules.add("L4")
    return rules


def equal_shares(listed: Sequence[tuple[int, int]], least: int) -> bool:
    """L6: whether a list of (persons, fen) is an equal share-out by household or by person."""
    if len(listed) < least:
        return False
    by_household = all(fen == listed[0][1] for _, fen in listed)
    by_person = all(Fraction(fen, persons) == Fraction(listed[0][1], listed[0][0]) for persons, fen in listed)
    return by_household or by_person


def in_yuan(fen: int) -> Decimal:
    """Fen in yuan, exactly."""
    return Decimal(fen) / Decimal(100)


def in_wan(fen: int) -> Decimal:
    """Fen in ten thousand yuan, exactly."""
    return Decimal(fen) / Decimal(1_000_000)
