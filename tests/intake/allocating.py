"""Made-up households for the allocation helper, and what it is held against: the rules, and every plan there is."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import strategies as st

from intake.allocation.household import Fixed, Household, Wish
from intake.allocation.result import Plan, Proposal
from intake.allocation.score import USUAL, score
from intake.codes import CATEGORIES
from intake.rules import Share, equal_shares, tier_amount_fen
from intake.scheme import SchemeContent

VILLAGES = ("410324103201", "410324103202", "410324104201")
"""Two of one township, one of another."""


def household(
    key: int,
    persons: int = 2,
    *categories: str,
    village: str = VILLAGES[0],
    size: int | None = None,
    fixed: Fixed | None = None,
    land: int | None = None,
) -> Household:
    """A household hit by hail, all of it in need unless ``size`` says otherwise."""
    number = f"410324-2022-{key:05d}"
    return Household(
        key, number, village, size or persons, persons, categories or ("ordinary",), ("hail",), land=land, fixed=fixed
    )


def some(most: int, persons: int = 12) -> st.SearchStrategy[list[Household]]:
    """Up to ``most`` households of three villages."""
    one = st.tuples(
        st.integers(1, persons),
        st.integers(0, 2),
        st.sampled_from(CATEGORIES),
        st.sampled_from(VILLAGES),
        st.sampled_from((None, None, None, Fixed("special", 2600_00), Fixed("ordinary", 100_00))),
    )
    return st.lists(one, min_size=1, max_size=most).map(
        lambda rows: [
            household(key, row[0], row[2], size=row[0] + row[1], village=row[3], fixed=row[4])
            for key, row in enumerate(rows)
        ]
    )


def county(number: int, seed: int, villages: int = 200) -> list[Household]:
    """A county of ``number`` households; the same for the same seed."""
    chance = random.Random(seed)
    made = []
    for key in range(number):
        size, village = chance.randint(1, 6), chance.randrange(villages)
        code = f"4103241{village // 15:02d}{201 + village % 15}"
        categories = chance.sample(CATEGORIES, chance.choice((1, 1, 2)))
        made.append(household(key, chance.randint(1, size), *categories, size=size, village=code))
    return made


def lawful(plan: Plan, scheme: SchemeContent, ordered_by: int = 9) -> None:
    """Every rule holds for every household of a whole plan."""
    villages: dict[str, list[Share]] = defaultdict(list)
    areas: dict[str, list[Proposal]] = defaultdict(list)
    moved = set()
    for one in plan.proposals:
        villages[one.household.village].append(Share(one.household.persons, one.amount_fen))
        if one.household.fixed is not None:
            assert (one.tier, one.amount_fen) == (one.household.fixed.tier, one.household.fixed.amount_fen)
            continue
        moved.add(one.household.village)
        assert one.amount_fen == tier_amount_fen(scheme, one.tier, one.household.persons)
        assert scheme.per_person_floor_fen * one.household.persons <= one.amount_fen <= scheme.household_cap_fen
        areas[one.household.village[:ordered_by]].append(one)
    for village in moved:
        assert equal_shares(villages[village], scheme) is None
    for listed in areas.values():
        ranked = sorted(listed, key=lambda one: (-one.score.points, one.household.number))
        levels = [scheme.tiers[one.tier] for one in ranked]
        assert levels == sorted(levels, reverse=True)


def raises_that_fit(plan: Plan, scheme: SchemeContent, wish: Wish) -> list[int]:
    """Households that could be raised alone with what is left, without breaking a rule."""
    tiers = sorted(scheme.tiers, key=scheme.tiers.__getitem__)
    left = {purse.township: purse.left_fen for purse in plan.purses}
    found = []
    for one in plan.proposals:
        if one.household.fixed is not None or one.tier == tiers[-1]:
            continue
        tier = tiers[tiers.index(one.tier) + 1]
        amount = tier_amount_fen(scheme, tier, one.household.persons)
        if amount - one.amount_fen > left[one.household.township if isinstance(wish.money, Mapping) else ""]:
            continue
        others = [
            Share(o.household.persons, amount if o is one else o.amount_fen)
            for o in plan.proposals
            if o.household.village == one.household.village
        ]
        needier = [
            o
            for o in plan.proposals
            if o.household.fixed is None
            and o.household.township == one.household.township
            and (-o.score.points, o.household.number) < (-one.score.points, one.household.number)
        ]
        if all(scheme.tiers[o.tier] >= scheme.tiers[tier] for o in needier) and equal_shares(others, scheme) is None:
            found.append(one.household.key)
    return found


def every_plan(households: Sequence[Household], scheme: SchemeContent) -> Iterator[tuple[int, int]]:
    """What each lawful plan costs and is worth, by trying them all; settled ones not counted in."""
    tiers = sorted(scheme.tiers, key=scheme.tiers.__getitem__)
    fixed = [one for one in households if one.fixed is not None]
    areas: dict[str, list[Household]] = defaultdict(list)
    for one in households:
        if one.fixed is None:
            areas[one.township].append(one)
    for listed in areas.values():
        listed.sort(key=lambda one: (-score(one, USUAL).points, one.number))
    cuts = [[(a, b) for b in range(len(listed) + 1) for a in range(b + 1)] for listed in areas.values()]
    for chosen in product(*cuts):
        levels = {
            one.key: 2 if place < high else 1 if place < middle else 0
            for (high, middle), listed in zip(chosen, areas.values(), strict=True)
            for place, one in enumerate(listed)
        }
        villages: dict[str, list[Share]] = defaultdict(list)
        cost = worth = 0
        for listed in areas.values():
            for one in listed:
                amounts = [tier_amount_fen(scheme, tier, one.persons) for tier in tiers]
                villages[one.village].append(Share(one.persons, amounts[levels[one.key]]))
                cost += amounts[levels[one.key]]
                worth += worth_of(one, levels[one.key], amounts)
        for one in fixed:
            if one.fixed is not None and one.village in villages:
                villages[one.village].append(Share(one.persons, one.fixed.amount_fen))
        if all(equal_shares(shares, scheme) is None for shares in villages.values()):
            yield cost, worth


def worth_of(one: Household, level: int, amounts: Sequence[int]) -> int:
    """What a household's raises are worth: its points, less the tier's step, for each fen (always more than none)."""
    points = score(one, USUAL).points + 121
    steps = (0, 0, 120)
    return sum((points - steps[at]) * (amounts[at] - amounts[at - 1]) for at in range(1, level + 1))
