"""Sharing out one purse: the least that the rules ask for, then raise after raise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.allocation.household import Fixed, Household, Wish
from intake.allocation.least import least
from intake.allocation.result import Need, Proposal, Purse, Shortage
from intake.allocation.score import Score, Weights
from intake.allocation.sheet import Ranked, Sheet, by_need
from intake.allocation.spend import Limit, Line, Spender
from intake.rules import Refusal, tier_amount_fen
from intake.scheme import SchemeContent


@dataclass(frozen=True, slots=True)
class Shared:
    """What became of one purse."""

    purse: Purse
    needs: list[Need]
    proposals: list[Proposal]
    shortages: list[Shortage]


def share(
    name: str,
    listed: Sequence[Household],
    scores: Mapping[int, Score],
    scheme: SchemeContent,
    weights: Weights,
    wish: Wish,
) -> Shared:
    """Share out one purse."""
    tiers = sorted(scheme.tiers, key=scheme.tiers.__getitem__)
    fixed = [one for one in listed if one.fixed is not None]
    free = [
        Ranked(one, scores[one.key], tuple(tier_amount_fen(scheme, tier, one.persons) for tier in tiers))
        for one in listed
        if one.fixed is None
    ]
    free.sort(key=by_need)
    sheet = Sheet(free, fixed, scheme.equal_shares_from)
    settled = sum(one.fixed.amount_fen for one in fixed if one.fixed)
    given = wish.money.get(name, 0) if isinstance(wish.money, Mapping) else wish.money
    floor = settled + sheet.cost
    areas: dict[str, list[int]] = defaultdict(list)
    for at, ranked in enumerate(free):
        areas[ranked.household.village[: wish.ordered_by]].append(at)
    stuck = [area for area, places in areas.items() if not least(sheet, places, len(tiers))]
    needs = _needs(sheet, fixed)
    must, most = settled + sheet.cost, settled + sum(one.amounts[-1] for one in free)
    short = _shortages(name, given, floor, must, [v for area in stuck for v in sheet.bad if v.startswith(area)])
    if short:
        return Shared(Purse(name, given, 0, must, most), needs, [], short)
    spender = Spender(sheet, areas, [0, *(weights.steps.get(tier, 0) for tier in tiers[1:])], given - must)
    spender.room = _room(areas, tiers, wish)
    spender.spend()
    proposals = [_proposal(sheet, at, tiers, scheme, spender.stopped, wish) for at in range(len(free))]
    proposals += [_settled(one, one.fixed, scores[one.key], scheme) for one in fixed if one.fixed]
    return Shared(Purse(name, given, settled + sheet.cost, must, most), needs, proposals, [])


def _shortages(name: str, given: int, floor: int, must: int, equal: Iterable[str]) -> list[Shortage]:
    villages = tuple(sorted(equal))
    if given < floor:
        fields = {"given_fen": given, "least_fen": floor, "missing_fen": floor - given}
        return [Shortage(name, Refusal("L6", "allocation.short.floor", fields), floor - given)]
    if villages:
        return [Shortage(name, Refusal("L6", "allocation.short.order"), 0, villages)]
    if given < must:
        fields = {"given_fen": given, "least_fen": must, "missing_fen": must - given}
        return [Shortage(name, Refusal("L6", "allocation.short.equal", fields), must - given)]
    return []


def _room(areas: Mapping[str, Sequence[int]], tiers: Sequence[str], wish: Wish) -> dict[Line, int]:
    """How many of each area may stand in a tier or above, rounded down."""
    return {
        (area, level): len(places) * wish.at_most[tier] // 100
        for area, places in areas.items()
        for level, tier in enumerate(tiers)
        if level and tier in wish.at_most
    }


def _needs(sheet: Sheet, fixed: Iterable[Household]) -> list[Need]:
    """What each township must and can get, as the sheet stands when nobody has more than they must."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one, level in zip(sheet.free, sheet.level, strict=True):
        _add(found[one.household.township], one.household.persons, one.amounts[level], one.amounts[-1])
    for household in fixed:
        if household.fixed is not None:
            _add(found[household.township], household.persons, *(household.fixed.amount_fen,) * 2)
    return [Need(township, *sums) for township, sums in sorted(found.items())]


def _add(sums: list[int], persons: int, least_fen: int, most_fen: int) -> None:
    for place, more in enumerate((1, persons, least_fen, most_fen)):
        sums[place] += more


def _proposal(
    sheet: Sheet, at: int, tiers: Sequence[str], scheme: SchemeContent, stopped: Mapping[Line, Limit], wish: Wish
) -> Proposal:
    one, level = sheet.free[at], sheet.level[at]
    household, amount = one.household, one.amounts[level]
    tier = tiers[level]
    line = household.village[: wish.ordered_by], level + 1
    limit = stopped[line] if level + 1 < len(tiers) else Limit.HIGHEST
    capped = amount < scheme.tiers[tier] * household.persons
    return Proposal(household, one.score, tier, amount, scheme.tiers[tier], capped, limit)


def _settled(household: Household, fixed: Fixed, points: Score, scheme: SchemeContent) -> Proposal:
    tier, amount = fixed.tier, fixed.amount_fen
    per_person = scheme.tiers.get(tier, 0)
    return Proposal(household, points, tier, amount, per_person, amount < per_person * household.persons, Limit.SETTLED)
