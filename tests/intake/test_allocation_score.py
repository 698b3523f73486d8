"""The score, the goods, and what is said of each household."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from intake.allocation.explain import explanation
from intake.allocation.household import Goods, Household, Per, Wish
from intake.allocation.plan import propose
from intake.allocation.score import USUAL, score
from intake.codes import CATEGORIES, DISASTERS
from tests.intake.allocating import household, some
from tests.world import content


def test_every_category_of_form_1_has_its_points() -> None:
    assert set(USUAL.categories) == set(CATEGORIES)


def test_X6_those_to_look_after_first_come_before_everybody_else() -> None:
    others = [code for code in CATEGORIES if code not in USUAL.first]
    neediest = replace(household(1, 3, *others), disasters=DISASTERS)
    for code in USUAL.first:
        assert score(household(2, 1, code, size=20), USUAL).points > score(neediest, USUAL).points
    again = replace(household(3, 1, size=20), homeless_before=True)
    assert score(again, USUAL).points > score(neediest, USUAL).points


def test_X6_more_hardship_never_counts_for_less() -> None:
    for pair in combinations(CATEGORIES, 2):
        both = score(household(1, 2, *pair), USUAL).points
        assert both >= max(score(household(1, 2, code), USUAL).points for code in pair)
    assert score(household(1, 3, size=3), USUAL).points > score(household(1, 1, size=3), USUAL).points


@given(some(6))
def test_a_score_is_the_sum_of_its_parts(listed: list[Household]) -> None:
    for one in listed:
        found = score(one, USUAL)
        assert found.points == sum(points for _, points in found.parts)


def test_a_household_is_told_why() -> None:
    plan = propose([household(1, 4, "disabled", "destitute")], content(), USUAL, Wish(1200_00))
    assert explanation(plan.proposals[0], USUAL) == {
        "tier": "special",
        "reasons": ["destitute", "disabled"],
        "disasters": 1,
        "points": 315,
        "persons": 4,
        "size": 4,
        "per_person_fen": 300_00,
        "amount_fen": 1200_00,
        "capped": False,
        "limit": "highest",
    }


QUILTS, COATS = Goods("quilt", 3, 80_00, Per.HOUSEHOLD), Goods("coat", 5, 120_00, Per.PERSON)


def test_X6_goods_go_to_the_neediest_first() -> None:
    listed = [household(1, 3), household(2, 4, "destitute"), household(3, 2, "disabled"), household(4, 1)]
    handed = propose(listed, content(), USUAL, Wish(10_000_00, goods=(QUILTS, COATS))).goods
    assert handed.pieces == {2: {"quilt": 1, "coat": 4}, 3: {"quilt": 1, "coat": 1}, 1: {"quilt": 1}}
    assert handed.left == {"quilt": 0, "coat": 0}


@given(some(9), st.integers(0, 60), st.sampled_from(Per))
def test_L2_no_more_goods_than_there_are_and_nobody_gets_two(listed: list[Household], stock: int, per: Per) -> None:
    handed = propose(listed, content(), USUAL, Wish(0, goods=(Goods("coat", stock, 1, per),))).goods
    given_out = {key: pieces["coat"] for key, pieces in handed.pieces.items()}
    assert sum(given_out.values()) + handed.left["coat"] == stock
    for one in listed:
        assert given_out.get(one.key, 0) <= (one.persons if per is Per.PERSON else 1)
