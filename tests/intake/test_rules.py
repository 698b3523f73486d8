"""Each rule of the seeds, by its code."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import rules
from intake.card_numbers import luhn_holds
from intake.rules import Facts, Refusal, Share
from intake.scheme.parts import Raises
from tests.world import SHIMEN, content

NOW = datetime(2022, 11, 1, 4, 0, tzinfo=UTC)
TIERS = {"ordinary": 100_00, "heavier": 200_00, "special": 300_00}


def facts(**changes: Any) -> Facts:
    """A household of three in 石门村, hit by hail, reviewed and about to be granted 600 yuan."""
    usual: dict[str, Any] = {
        "now": NOW,
        "today": date(2022, 11, 1),
        "scheme": content(),
        "village": SHIMEN,
        "disasters": ("hail",),
        "persons_in_need": 3,
        "votes_for": 20,
        "votes_against": 3,
        "present": 23,
        "tier": "heavier",
        "amount_fen": 600_00,
    }
    return Facts(**(usual | changes))


def key(refusal: Refusal | None) -> str | None:
    """The refusal's key without its common beginning."""
    return refusal.key.removeprefix("refusal.") if refusal else None


@pytest.mark.parametrize(
    ("affected", "refused"),
    [
        ({"410324": ("hail",)}, None),
        ({SHIMEN[:9]: ("hail",)}, None),
        ({SHIMEN: ("hail", "frost")}, None),
        ({"410324103999": ("hail",)}, "L1.village_not_hit"),
        ({}, "L1.village_not_hit"),
        ({SHIMEN: ("drought",)}, "L1.other_disaster"),
    ],
)
def test_L1_only_those_who_were_hit(affected: dict[str, tuple[str, ...]], refused: str | None) -> None:
    assert key(rules.was_hit(facts(scheme=content(affected=affected)))) == refused


@pytest.mark.parametrize(
    ("card", "refused"),
    [
        ("6217000000000000001", None),
        ("6217 0000 0000 0000", None),
        ("", "L2.no_card"),
        ("现金", "L2.card_digits"),
        ("12345", "L2.card_digits"),
    ],
)
def test_L2_money_goes_to_a_card_never_cash(card: str, refused: str | None) -> None:
    assert key(rules.goes_to_a_card(facts(bank_card=card))) == refused


@pytest.mark.parametrize(
    ("tier", "persons", "fen"),
    [
        ("ordinary", 1, 100_00),
        ("heavier", 3, 600_00),
        ("special", 6, 1800_00),
        ("special", 7, 2000_00),  # 7 × 300 = 2,100 is over the household cap
        ("heavier", 10, 2000_00),
        ("heavier", 11, 2000_00),
    ],
)
def test_L4_a_tier_times_persons_up_to_the_household_cap(tier: str, persons: int, fen: int) -> None:
    assert rules.tier_amount_fen(content(), tier, persons) == fen


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, None),
        ({"tier": None}, "L4.no_tier"),
        ({"tier": "luxury"}, "L4.no_tier"),
        ({"amount_fen": None}, "L4.no_amount"),
        ({"amount_fen": 500_00}, "L4.under_tier"),
        ({"tier": "special", "amount_fen": 901_00}, "L4.over_tier"),
        ({"tier": "special", "persons_in_need": 7, "amount_fen": 2100_00}, "L4.over_household_cap"),
        ({"tier": "special", "persons_in_need": 7, "amount_fen": 2000_00}, None),
    ],
)
def test_L4_the_amount_is_the_tiers(changes: dict[str, Any], refused: str | None) -> None:
    assert key(rules.amount_within_bounds(facts(**changes))) == refused


def test_L5_a_special_household_may_get_more_with_its_written_statement() -> None:
    more = facts(tier="special", amount_fen=1200_00)
    assert key(rules.amount_within_bounds(more)) == "L4.over_tier"
    assert rules.amount_within_bounds(replace(more, statement="房屋倒塌，母亲重病")) is None
    ordinary = facts(tier="ordinary", amount_fen=1200_00, statement="房屋倒塌，母亲重病")
    assert key(rules.amount_within_bounds(ordinary)) == "L5.not_special"


def test_L6_nobody_gets_under_100_yuan_a_person() -> None:
    assert key(rules.amount_within_bounds(facts(tier="ordinary", amount_fen=299_99))) == "L6.under_floor"
    crowd = facts(persons_in_need=21, tier="ordinary", amount_fen=2000_00)
    assert key(rules.amount_within_bounds(crowd)) == "L6.under_floor"  # the cap would press them under 100


SHARED_OUT = [
    ([Share(1, 200_00)] * 5, "L6.equal_per_household"),
    (
        [Share(1, 200_00), Share(3, 200_00), Share(2, 200_00), Share(4, 200_00), Share(5, 200_00)],
        "L6.equal_per_household",
    ),
    ([Share(n, n * 100_00) for n in (1, 2, 3, 4, 5)], "L6.equal_per_person"),
    ([Share(n, n * 100_00) for n in (1, 2, 3, 4)], None),  # four households: the scheme judges from five
    ([*(Share(n, n * 100_00) for n in (1, 2, 3, 4)), Share(2, 400_00)], None),
]


@pytest.mark.parametrize(("shares", "refused"), SHARED_OUT)
def test_L6_equal_shares_are_refused(shares: list[Share], refused: str | None) -> None:
    assert key(rules.equal_shares(shares, content())) == refused


def placed(*rates: tuple[str, int, tuple[int, ...]]) -> list[Share]:
    """Households by place: its rate per person in fen, and how many persons each has."""
    return [Share(persons, persons * rate, place) for place, rate, sizes in rates for persons in sizes]


BY_AREA = [
    # Each group has a rate of its own: who lives where decides, not who was hit how hard.
    (placed(("1", 100_00, (1, 2, 3)), ("2", 200_00, (1, 2, 4))), "L6.equal_within_area"),
    ([Share(n, 300_00, "1") for n in (1, 2, 3)] + [Share(n, 400_00, "2") for n in (1, 2, 4)], "L6.equal_within_area"),
    # Two households alike are chance; a group that has both tiers was not shared out by place.
    (placed(("1", 100_00, (1, 2)), ("2", 200_00, (1, 2, 4))), None),
    (placed(("1", 100_00, (1, 2, 3)), ("2", 200_00, (1, 2, 4)), ("2", 100_00, (3,))), None),
    # Somebody's group is not known.
    (placed(("1", 100_00, (1, 2, 3)), ("", 200_00, (1, 2, 4))), None),
    # One pot for each of three groups; of two it may be so by chance.
    (placed(("1", 100_00, (2, 4)), ("2", 200_00, (1, 2)), ("3", 300_00, (2,))), "L6.equal_per_area"),
    (placed(("1", 100_00, (2, 4)), ("2", 200_00, (1,)), ("2", 100_00, (1, 3))), None),
    (placed(("1", 100_00, (2, 2)), ("2", 200_00, (2,)), ("3", 400_00, (1,))), None),  # four households
]


@pytest.mark.parametrize(("shares", "refused"), BY_AREA)
def test_L6_shares_by_area_are_refused(shares: list[Share], refused: str | None) -> None:
    assert key(rules.equal_shares(shares, content())) == refused


PLACED = st.lists(
    st.builds(Share, st.integers(1, 7), st.sampled_from([100_00, 200_00, 300_00, 600_00]), st.sampled_from("123")),
    max_size=12,
)


@given(PLACED, st.randoms(use_true_random=False))
def test_L6_neither_the_order_nor_the_names_of_the_places_matter(shares: list[Share], chance: Random) -> None:
    said = key(rules.equal_shares(shares, content()))
    mixed = [replace(share, place=f"group {share.place}") for share in shares]
    chance.shuffle(mixed)
    assert key(rules.equal_shares(mixed, content())) == said


@given(st.lists(st.tuples(st.integers(1, 9), st.lists(st.integers(1, 7), min_size=3, max_size=6)), min_size=2))
def test_L6_a_rate_for_each_place_never_passes(places: list[tuple[int, list[int]]]) -> None:
    shares = placed(*((str(at), rate * 100_00, tuple(sizes)) for at, (rate, sizes) in enumerate(places)))
    assert rules.equal_shares(shares, content()) is not None


@given(PLACED)
def test_L6_what_is_refused_by_area_is_the_same_inside_or_between_all_places(shares: list[Share]) -> None:
    refusal = rules.equal_by_area(shares, content())
    pots: dict[str, int] = {}
    rates: dict[str, set[Fraction]] = {}
    amounts: dict[str, set[int]] = {}
    for share in shares:
        pots[share.place] = pots.get(share.place, 0) + share.amount_fen
        rates.setdefault(share.place, set()).add(Fraction(share.amount_fen, share.persons))
        amounts.setdefault(share.place, set()).add(share.amount_fen)
    households = {place: sum(share.place == place for share in shares) for place in pots}
    enough = len(shares) >= 5 and len(pots) >= 2
    between = len(pots) >= 3 and len(set(pots.values())) == 1
    inside = all(len(rates[one]) == 1 or len(amounts[one]) == 1 for one in pots) and all(
        number >= 3 for number in households.values()
    )
    assert (refusal is not None) is (enough and (between or inside))


def test_L7_a_household_passes_when_more_are_for_it() -> None:
    assert rules.votes_carry(facts()) is None
    assert key(rules.votes_carry(facts(votes_for=3, votes_against=3))) == "L7.not_carried"
    assert key(rules.votes_carry(facts(votes_for=0, votes_against=0))) == "L7.not_carried"
    assert key(rules.votes_carry(facts(votes_for=20, votes_against=4, present=23))) == "L7.more_votes_than_people"


def test_L7_L12_a_meeting_that_was_for_a_household_is_not_recorded_as_against_it() -> None:
    assert key(rules.votes_do_not_carry(facts(votes_for=20, votes_against=1))) == "L7.carried"
    assert key(rules.votes_do_not_carry(facts(votes_for=0, votes_against=99))) == "L7.more_votes_than_people"
    assert rules.votes_do_not_carry(facts(votes_for=1, votes_against=20)) is None
    assert rules.votes_do_not_carry(facts(votes_for=0, votes_against=0)) is None


def test_L8_no_step_is_dated_before_the_one_it_follows() -> None:
    day = date(2022, 11, 1)
    before = day - timedelta(days=1)
    assert key(rules.met_after_the_step_before(facts(held_on=before, ready_on=day))) == "L8.met_too_early"
    assert rules.met_after_the_step_before(facts(held_on=day, ready_on=day)) is None
    assert key(rules.paid_after_the_decision(facts(paid_on=before, ready_on=day))) == "L8.paid_too_early"
    assert rules.paid_after_the_decision(facts(paid_on=day, ready_on=day)) is None


def test_L8_a_notice_hangs_five_full_days() -> None:
    end = rules.notice_end(NOW, 5)
    assert end == NOW + timedelta(days=5)
    early, due = end - timedelta(microseconds=1), end
    assert key(rules.notice_days_are_over(facts(now=early, notice_closes_at=end))) == "L8.notice_running"
    assert rules.notice_days_are_over(facts(now=due, notice_closes_at=end)) is None
    assert key(rules.notice_days_are_over(facts(notice_closes_at=None))) == "L8.notice_running"


def test_L8_an_objection_counts_up_to_the_last_moment() -> None:
    end = rules.notice_end(NOW, 5)
    assert rules.notice_is_running(facts(now=end - timedelta(microseconds=1), notice_closes_at=end)) is None
    assert key(rules.notice_is_running(facts(now=end, notice_closes_at=end))) == "L8.notice_over"


def test_L8_a_line_of_a_notice_holds_the_four_facts_alone() -> None:
    line = rules.notice_line("王建国", 3, ["winter_spring"], 600_00)
    assert set(line) == rules.PUBLIC_FACTS
    assert set(rules.notice_line("王建国", 3, ["winter_spring"], None)) == rules.PUBLIC_FACTS - {"amount_fen"}


def test_L8_whoever_is_refused_is_told_why() -> None:
    assert key(rules.gives_reason(facts(reason=" \n"))) == "L8.no_reason"
    assert rules.gives_reason(facts(reason="收入稳定")) is None


def test_L10_the_ledger_holds_no_future() -> None:
    assert key(rules.paid_not_in_future(facts(paid_on=date(2022, 11, 2)))) == "L10.paid_in_future"
    assert key(rules.paid_not_in_future(facts(paid_on=None))) == "L10.paid_in_future"
    assert rules.paid_not_in_future(facts(paid_on=date(2022, 11, 1))) is None


def test_G4_nothing_is_paid_before_two_people_have_released_it() -> None:
    day = date(2022, 11, 1)
    assert key(rules.was_released(facts(paid_on=day))) == "G4.not_released"
    assert key(rules.was_released(facts(paid_on=day, released_on=date(2022, 11, 2)))) == "G4.before_release"
    assert rules.was_released(facts(paid_on=day, released_on=day)) is None


def test_L12_nobody_decides_twice_nor_on_their_own_nominee() -> None:
    assert key(rules.acts_once(facts(actor=7, acted=frozenset({7})))) == "L12.acted_before"
    assert rules.acts_once(facts(actor=8, acted=frozenset({7}))) is None
    assert key(rules.is_not_the_nominator(facts(actor=7, nominator=7))) == "L12.nominated"
    assert rules.is_not_the_nominator(facts(actor=7)) is None


@given(st.sampled_from(sorted(TIERS)), st.integers(1, 30), st.integers(-100, 3000_00), st.booleans())
def test_L4_L5_L6_no_accepted_amount_breaks_a_bound(tier: str, persons: int, amount: int, stated: bool) -> None:
    asked = facts(tier=tier, persons_in_need=persons, amount_fen=amount, statement="证明" if stated else "")
    if rules.amount_within_bounds(asked) is None:
        assert amount >= 100_00 * persons
        if not stated:
            assert amount <= 300_00 * persons
            assert amount <= 2000_00


@given(st.integers(10**11, 10**18 - 1))
def test_a_card_number_has_exactly_one_fitting_last_digit(stem: int) -> None:
    assert sum(luhn_holds(f"{stem}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("raises", "amount", "refused"),
    [
        (Raises(), 2600_00, None),
        (Raises(False), 2600_00, "L5.no_raise"),
        (Raises(True, 2500_00), 2600_00, "L5.over_raise"),
        (Raises(True, 2600_00), 2600_00, None),
        (Raises(False), 900_00, None),
    ],
)
def test_L5_how_far_a_raise_may_go(raises: Raises, amount: int, refused: str | None) -> None:
    given = facts(scheme=content(raises=raises), tier="special", amount_fen=amount, statement="房子塌了，老人住院")
    assert key(rules.amount_within_bounds(given)) == refused


def test_L1_a_group_that_was_not_hit_is_out() -> None:
    scheme = content(groups={SHIMEN: ("3组",)})
    assert rules.was_hit(facts(scheme=scheme, group="三组")) is None
    assert key(rules.was_hit(facts(scheme=scheme, group="4组"))) == "L1.group_not_hit"
    assert rules.was_hit(facts(scheme=scheme, group="上沟")) is None
