"""How much a household may get (L4, L5, L6). Pure."""

from intake.rules.facts import Facts, Refusal
from intake.scheme import SchemeContent


def tier_amount_fen(scheme: SchemeContent, tier: str, persons: int) -> int:
    """L4: the tier's amount per person in need, times the persons, at most the household cap; in fen."""
    return min(scheme.tiers[tier] * persons, scheme.household_cap_fen)


def amount_within_bounds(facts: Facts) -> Refusal | None:
    """L4, L5, L6: the amount is the tier's, not under the floor, and above it only with the person's statement."""
    scheme, persons = facts.scheme, facts.persons_in_need
    if facts.tier is None or facts.tier not in scheme.tiers:
        return Refusal("L4", "refusal.L4.no_tier")
    if facts.amount_fen is None:
        return Refusal("L4", "refusal.L4.no_amount")
    usual = tier_amount_fen(scheme, facts.tier, persons)
    floor_fen = scheme.per_person_floor_fen
    if facts.amount_fen < floor_fen * persons:
        return Refusal("L6", "refusal.L6.under_floor", {"floor_fen": floor_fen, "least_fen": floor_fen * persons})
    if facts.amount_fen > usual and facts.tier != max(scheme.tiers, key=scheme.tiers.__getitem__):
        return Refusal("L5", "refusal.L5.not_special", {"usual_fen": usual})
    if facts.amount_fen > usual and (refused := _raise_refused(facts.amount_fen, scheme)):
        return refused
    if facts.amount_fen > usual and not facts.statement.strip():
        if facts.amount_fen > scheme.household_cap_fen:
            return Refusal("L4", "refusal.L4.over_household_cap", {"cap_fen": scheme.household_cap_fen})
        return Refusal("L4", "refusal.L4.over_tier", {"usual_fen": usual})
    if facts.amount_fen < usual:
        return Refusal("L4", "refusal.L4.under_tier", {"usual_fen": usual})
    return None


def _raise_refused(amount_fen: int, scheme: SchemeContent) -> Refusal | None:
    """L5: whether the scheme lets a specially hard-hit household have more at all, and how much."""
    if not scheme.raises.allowed:
        return Refusal("L5", "refusal.L5.no_raise")
    cap_fen = scheme.raises.household_cap_fen
    if cap_fen is not None and amount_fen > cap_fen:
        return Refusal("L5", "refusal.L5.over_raise", {"cap_fen": cap_fen})
    return None
