"""Money that was shared out, not decided household by household (L6). Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from intake.rules.facts import Refusal
from intake.scheme import SchemeContent


@dataclass(frozen=True, slots=True)
class Share:
    """One household's part of a list; money in fen. ``place`` is the part of the area it lives in: the natural group
    in a village's list, the village in a township's; empty where nobody wrote it down."""

    persons: int
    amount_fen: int
    place: str = ""


LEAST_PLACES, LEAST_IN_PLACE = 3, 3
"""Places with one total from which that is no chance, and households of a place from which its sameness is none."""


def equal_shares(shares: Iterable[Share], scheme: SchemeContent) -> Refusal | None:
    """L6: a list in which all get the same per person, or the same per household, is an equal share-out; so is one
    that was shared out by area (:func:`equal_by_area`).

    Lists shorter than ``scheme.equal_shares_from`` households are not judged.
    """
    listed = list(shares)
    if len(listed) < scheme.equal_shares_from:
        return None
    if len(Counter(share.amount_fen for share in listed)) == 1:
        return Refusal("L6", "refusal.L6.equal_per_household", {"households": len(listed)})
    if _same_per_person(listed):
        return Refusal("L6", "refusal.L6.equal_per_person", {"households": len(listed)})
    return equal_by_area(listed, scheme)


def equal_by_area(shares: Iterable[Share], scheme: SchemeContent) -> Refusal | None:
    """L6: money that follows where a household lives, not how hard it was hit, was shared out by area.

    The plan forbids 按照受灾面积平均分配. In the reports of disasters that area is land that was hit. Nobody's land is
    in this product: form 1 does not ask for it, and a figure that only the village could type, and only against itself,
    would guard nothing. What the area leaves behind in a list can be seen without it, in what is known of everybody:

    - each place has a pot of its own, and all the pots are the same (three places or more: two may be so by chance);
    - each place has a rate of its own, and within it all get the same per person, or the same per household (two places
      or more, three households or more in each).

    Lists in which somebody's place is not known, and those shorter than ``scheme.equal_shares_from``, are not judged.
    Amounts that were made in the measure of the land alone cannot pass either: each is its tier's for the persons in
    need (:func:`amount_within_bounds`).
    """
    places: dict[str, list[Share]] = {}
    for share in shares:
        places.setdefault(share.place, []).append(share)
    if "" in places or len(places) < 2 or sum(map(len, places.values())) < scheme.equal_shares_from:
        return None
    totals = {sum(share.amount_fen for share in listed) for listed in places.values()}
    if len(places) >= LEAST_PLACES and len(totals) == 1:
        return Refusal("L6", "refusal.L6.equal_per_area", {"places": len(places), "total_fen": totals.pop()})
    if min(map(len, places.values())) >= LEAST_IN_PLACE and all(map(_same_inside, places.values())):
        return Refusal("L6", "refusal.L6.equal_within_area", {"places": len(places)})
    return None


def _same_per_person(listed: list[Share]) -> bool:
    return len({(share.amount_fen * 10_000) // share.persons for share in listed}) == 1


def _same_inside(listed: list[Share]) -> bool:
    return len({share.amount_fen for share in listed}) == 1 or _same_per_person(listed)
