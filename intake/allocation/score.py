"""How much a household needs help, in points that can be added up by hand (L3, X6).

The weights are data, each county's own choice; :data:`USUAL` is a proposal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.allocation.household import Household


@dataclass(frozen=True, slots=True)
class Weights:
    """Points, whole and not negative.

    ``categories`` has points for each category of form 1 that applies; whoever has one of ``first`` gets
    ``first_points`` once, so that they come before everybody else (X6); ``homeless_before`` is for a house lost in an
    earlier season too; ``disaster`` for each of this season's disasters, ``disasters`` of them at the most; ``in_need``
    for a household in which everybody is in need, and its part where some are. ``steps`` maps a tier to the points that
    a household has to be ahead to come as early for this tier as another for the first raise."""

    categories: Mapping[str, int]
    first: frozenset[str]
    first_points: int
    homeless_before: int
    disaster: int
    disasters: int
    in_need: int
    steps: Mapping[str, int]


USUAL = Weights(
    categories={
        "destitute": 60,
        "orphan": 60,
        "subsistence": 50,
        "rebuilt_house": 50,
        "left_behind_elder": 30,
        "left_behind_child": 30,
        "disabled": 30,
        "near_subsistence": 30,
        "poor_through_disaster": 30,
        "special_care": 25,
        "illness": 20,
        "schooling": 10,
        "lifted_from_poverty": 10,
        "other": 5,
        "ordinary": 0,
    },
    first=frozenset(
        {
            "destitute",
            "orphan",
            "subsistence",
            "rebuilt_house",
            "left_behind_elder",
            "left_behind_child",
            "disabled",
        }
    ),
    first_points=200,
    homeless_before=30,
    disaster=5,
    disasters=3,
    in_need=20,
    steps={"special": 120},
)
"""The product's proposal. Nobody outside the groups of X6 can have 200 points without ``first_points``."""

FIRST, HOMELESS, DISASTERS, IN_NEED = "first", "homeless_before", "disasters", "in_need"
"""Names of the parts of a score that are no category."""


@dataclass(frozen=True, slots=True)
class Score:
    """A household's points, and what they are made of: a category's code or a name from above, with its points; the
    heaviest categories first. The parts add up to ``points``."""

    points: int
    parts: tuple[tuple[str, int], ...]

    def reasons(self, weights: Weights) -> tuple[str, ...]:
        """The categories that brought points, heaviest first, and the house lost before."""
        return tuple(name for name, _ in self.parts if name in weights.categories or name == HOMELESS)


def score(household: Household, weights: Weights) -> Score:
    """The points of a household. Codes that the weights do not name bring none."""
    found = {code: weights.categories.get(code, 0) for code in household.categories}
    parts = sorted(((code, points) for code, points in found.items() if points), key=lambda part: (-part[1], part[0]))
    if household.homeless_before:
        parts.append((HOMELESS, weights.homeless_before))
    if household.homeless_before or not weights.first.isdisjoint(found):
        parts.append((FIRST, weights.first_points))
    parts += [
        (DISASTERS, weights.disaster * min(len(set(household.disasters)), weights.disasters)),
        (IN_NEED, weights.in_need * household.persons // household.size),
    ]
    return Score(sum(points for _, points in parts), tuple(parts))
