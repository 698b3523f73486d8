"""100,000 made-up households, tiers, caps and raises against an independent reference in fen: 0 differences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest

from intake.papers.form2 import Form2, form2
from intake.papers.form4 import Form4, Paid, form4
from intake.papers.model import Opinion
from intake.papers.statistics import Counted, Statistics, statistics
from intake.rules import Facts, Share, amount_within_bounds, equal_shares, tier_amount_fen
from intake.scheme import SchemeContent
from intake.scheme.parts import Raises
from locales import texts
from tests.rules import money_reference as reference
from tests.rules.money_reference import Plan
from tests.world import content

HOUSEHOLDS = 100_000
PLANS = 200
T = texts()
NOW = datetime(2022, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Household:
    """A made-up household under one plan."""

    plan: Plan
    scheme: SchemeContent
    persons: int
    tier: str


def _plan(random: Random) -> Plan:
    """The sources' own amounts, or a county's odd ones."""
    if random.random() < 0.3:
        tiers, floor, cap = {"ordinary": 100_00, "heavier": 200_00, "special": 300_00}, 100_00, 2000_00
    else:
        floor = random.randint(1, 200_00)
        steps = sorted(random.sample(range(floor, floor + 500_00), 3))
        tiers, cap = dict(zip(("ordinary", "heavier", "special"), steps, strict=True)), random.randint(floor, 5000_00)
    limit = random.choice([0, cap + random.randint(0, 3000_00)])
    return Plan(tiers, floor, cap, random.random() < 0.8, limit)


def _scheme(plan: Plan) -> SchemeContent:
    return content(
        tiers=plan.tiers,
        per_person_floor_fen=plan.floor,
        per_person_cap_fen=max(plan.tiers.values()),
        household_cap_fen=plan.household,
        raises=Raises(plan.raises, plan.raise_limit or None),
    )


def _households(random: Random) -> Iterator[Household]:
    for _ in range(PLANS):
        plan = _plan(random)
        scheme = _scheme(plan)
        for _ in range(HOUSEHOLDS // PLANS):
            yield Household(plan, scheme, random.randint(1, 30), random.choice(list(plan.tiers)))


@pytest.fixture(scope="module")
def households() -> list[Household]:
    return list(_households(Random(20221101)))


def _facts(one: Household, tier: str | None, fen: int | None, statement: str) -> Facts:
    return Facts(
        now=NOW,
        today=date(2022, 11, 1),
        scheme=one.scheme,
        village="410324103201",
        disasters=("hail",),
        persons_in_need=one.persons,
        tier=tier,
        amount_fen=fen,
        statement=statement,
    )


def test_L4_the_amount_of_every_tier_is_the_references_to_the_fen(households: list[Household]) -> None:
    different = [
        (one, tier)
        for one in households
        for tier in one.plan.tiers
        if tier_amount_fen(one.scheme, tier, one.persons) != reference.amount(one.plan, tier, one.persons)
    ]
    assert (len(households), different) == (HOUSEHOLDS, [])
    assert reference.amount(Plan({"special": 300_00}, 100_00, 2000_00), "special", 7) == 2000_00


def test_L4_L5_L6_an_amount_is_taken_exactly_where_the_reference_finds_no_rule_broken(
    households: list[Household],
) -> None:
    random, different, seen = Random(1), [], {"": 0, "L4": 0, "L5": 0, "L6": 0}
    for one in households:
        usual = reference.amount(one.plan, one.tier, one.persons)
        edges = (usual, usual + 1, usual - 1, one.plan.floor * one.persons, one.plan.floor * one.persons - 1)
        caps = (one.plan.household, one.plan.household + 1, one.plan.raise_limit, one.plan.raise_limit + 1, None)
        fen = random.choice((*edges, *caps, random.randint(0, 9000_00)))
        tier = random.choices((one.tier, "special", "unheard", None), (6, 3, 1, 0.2))[0]
        statement = random.choice(("", " ", "房子塌了，两个人住院"))
        said = amount_within_bounds(_facts(one, tier, fen, statement))
        rules = reference.broken(one.plan, tier, one.persons, fen, statement)
        seen[said.rule if said else ""] += 1
        if (said is None) != (not rules) or (said is not None and said.rule not in rules):
            different.append((one, tier, fen, statement, said, rules))
    assert different == []
    assert min(seen.values()) > 1000, f"every outcome is tried: {seen}"


def test_L6_a_list_is_an_equal_share_out_exactly_where_the_reference_says_so(households: list[Household]) -> None:
    random, different, equal = Random(2), [], 0
    for start in range(0, HOUSEHOLDS, 10):
        some = households[start : start + random.randint(2, 10)]
        way, each = random.choice(("household", "person", "nearly", "tier")), random.randint(1, 900_00)
        listed = []
        for at, one in enumerate(some):
            fen = {"household": each, "tier": reference.amount(one.plan, one.tier, one.persons)}.get(
                way, each * one.persons
            )
            listed.append((one.persons, fen + (way == "nearly" and at == 0)))
        said = equal_shares((Share(*pair) for pair in listed), some[0].scheme)
        expected = reference.equal_shares(listed, some[0].scheme.equal_shares_from)
        equal += expected
        if (said is not None) != expected:
            different.append((listed, said))
    assert different == []
    assert 1000 < equal < HOUSEHOLDS // 10 - 1000


def test_the_totals_of_forms_2_and_4_and_of_the_statistics_are_the_references_to_the_fen(
    households: list[Household],
) -> None:
    random, different, money_whole, goods_whole, found = Random(3), [], 0, 0, Decimal()
    for start in range(0, HOUSEHOLDS, 100):
        village = households[start : start + 100]
        paid = [
            Paid(
                "王建国",
                4,
                one.persons,
                "",
                "other",
                reference.amount(one.plan, one.tier, one.persons),
                goods_fen=goods,
            )
            for one in village
            for goods in (random.choice((0, random.randint(1, 500_00))),)
        ]
        money, goods = _added([one.money_fen for one in paid]), _added([one.goods_fen for one in paid])
        money_whole, goods_whole = money_whole + money, goods_whole + goods
        sheet = Form4(rows=paid)
        (line,) = form4(T, sheet).after[0]
        opinion = form2(T, Form2(audited=sheet.sum, decided=sheet.sum)).parts[0]
        assert isinstance(opinion, Opinion)
        counted = [
            Counted("", "", "", "other", 4, "", one.persons, one.money_fen, one.goods_fen or None) for one in paid
        ]
        (total,) = statistics(T, Statistics("given", rows=counted)).after[0]
        said = [
            Decimal(_one(r"资金([\d.]+)元", line)) == reference.in_yuan(money),
            Decimal(_one(r"物资折款([\d.]+)元", line)) == reference.in_yuan(goods),
            Decimal(_one(r"资金([\d.]+)万元", opinion.text)) == reference.in_wan(money),
            Decimal(_one(r"价值([\d.]+)万元", opinion.text)) == reference.in_wan(goods),
            Decimal(_one(r"合计([\d.]+)万元", opinion.text)) == reference.in_wan(money + goods),
            Decimal(_one(r"救助款([\d.]+)元", total)) == reference.in_yuan(money),
            Decimal(_one(r"物资折款([\d.]+)元", total)) == reference.in_yuan(goods),
        ]
        found += Decimal(_one(r"合计([\d.]+)万元", opinion.text))
        if not all(said):
            different.append((start, said))
    assert different == []
    assert found == reference.in_wan(money_whole + goods_whole)


def _added(amounts: list[int]) -> int:
    """The sum, one fen amount after the other."""
    total = 0
    for fen in amounts:
        total += fen
    return total


def _one(pattern: str, line: str) -> str:
    found = re.search(pattern, line)
    assert found is not None, line
    return found[1]
