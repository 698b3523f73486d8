"""Proposing a tier and an amount for each household: each purse by itself, and the goods for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from intake.allocation.goods import hand_out
from intake.allocation.household import Household, Wish
from intake.allocation.result import Plan, Proposal
from intake.allocation.score import Weights, score
from intake.allocation.sharing import share
from intake.rules import Refusal
from intake.scheme import SchemeContent


def propose(households: Iterable[Household], scheme: SchemeContent, weights: Weights, wish: Wish) -> Plan:
    """Share out what there is. The same input in any order gives the same plan."""
    everybody = sorted(households, key=lambda one: (one.village, one.number))
    scores = {one.key: score(one, weights) for one in everybody}
    apart = [(one, said) for one in everybody if one.fixed is None and (said := _no_tier_fits(one, scheme))]
    out = {one.key for one, _ in apart}
    purses: dict[str, list[Household]] = defaultdict(list)
    for one in everybody:
        if one.key not in out:
            purses[one.township if isinstance(wish.money, Mapping) else ""].append(one)
    shared = [share(name, listed, scores, scheme, weights, wish) for name, listed in sorted(purses.items())]
    return Plan(
        proposals=tuple(sorted((one for part in shared for one in part.proposals), key=_place)),
        purses=tuple(part.purse for part in shared),
        needs=tuple(need for part in shared for need in part.needs),
        shortages=tuple(shortage for part in shared for shortage in part.shortages),
        apart=tuple(apart),
        goods=hand_out(everybody, scores, wish.goods),
    )


def _place(one: Proposal) -> tuple[str, int, str]:
    return one.household.village, -one.score.points, one.household.number


def _no_tier_fits(one: Household, scheme: SchemeContent) -> Refusal | None:
    """L4, L6: so many persons that the household cap would press them under the floor."""
    floor = scheme.per_person_floor_fen * one.persons
    if floor <= scheme.household_cap_fen:
        return None
    return Refusal("L4", "allocation.apart", {"cap_fen": scheme.household_cap_fen, "floor_fen": floor})
