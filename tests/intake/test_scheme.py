"""A scheme as data: what it may say, versions of earlier releases, groups, and how the days of a notice are found."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import rules
from intake.codes import CATEGORIES, TIERS
from intake.rules import Refusal
from intake.scheme import SchemeContent
from intake.scheme.banks import Bank, Column, usual
from intake.scheme.fault import SAID
from intake.scheme.faults import faults, years
from intake.scheme.groups import listed, number, same_place, was_hit
from intake.scheme.parts import BudgetLine, Dates, Quorum, Raises
from intake.workdays import DayTable
from tests.world import SHIMEN, content

NEW = (
    "groups",
    "notice_kind",
    "payment_forms",
    "raises",
    "quorum",
    "simplified",
    "dates",
    "days",
    "budget",
    "statistics_columns",
)
FULL: dict[str, Any] = {
    "statistics_columns": ("承包地亩数", "备注"),
    "groups": {SHIMEN: ("3组", "上沟")},
    "notice_kind": "working",
    "payment_forms": ("bank_card", "goods"),
    "raises": Raises(True, 3000_00),
    "quorum": Quorum(10, 50),
    "simplified": ("destitute",),
    "dates": Dates(survey_by=date(2022, 10, 10), archive_by=date(2023, 4, 15)),
    "days": DayTable((date(2023, 1, 2),), (date(2023, 1, 28),), (2023,)),
    "budget": (BudgetLine("money", "central", "第一批", 100_00), BudgetLine("goods", "city", "棉被", 0, 300, "床")),
}


def said(**changes: Any) -> list[str]:
    """The names of the fields that are wrong."""
    return [fault.name for fault in faults("2022-2023", content(**changes))]


def test_a_whole_scheme_can_be_used_and_comes_back_from_its_file() -> None:
    whole = content(**FULL)
    assert list(faults("2022-2023", whole)) == []
    assert SchemeContent.from_json(whole.to_json()) == whole


def test_a_version_of_an_earlier_release_still_loads() -> None:
    body = content().to_json()
    for name in NEW:
        del body[name]
    old = SchemeContent.from_json(body)
    assert old == content() and old.payment_forms == ("bank_card",) and old.notice_kind == "calendar"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"groups": {"120111001001": ("一组",)}}, "groups.120111001001"),
        ({"groups": {SHIMEN: ("组" * 31,)}}, f"groups.{SHIMEN}"),
        ({"notice_kind": "lunar"}, "notice_kind"),
        ({"statistics_columns": ("亩数", "亩数")}, "statistics_columns"),
        ({"statistics_columns": ("字" * 31,)}, "statistics_columns"),
        ({"statistics_columns": tuple(map(str, range(13)))}, "statistics_columns"),
        ({"statistics_columns": (" ",)}, "statistics_columns"),
        ({"payment_forms": ("cash",)}, "payment_forms"),
        ({"payment_forms": ("bank_card", "gold")}, "payment_forms"),
        ({"raises": Raises(True, 2000_00)}, "raises.household_cap_fen"),
        ({"raises": Raises("no")}, "raises.allowed"),  # type: ignore[arg-type]
        ({"quorum": Quorum(share_percent=101)}, "quorum.share_percent"),
        ({"quorum": Quorum(present=-1)}, "quorum.present"),
        ({"simplified": ("rich",)}, "simplified"),
        ({"pay_before": date(2023, 1, 23)}, "pay_before"),
        ({"dates": Dates(request_by=date(2022, 10, 1), survey_by=date(2022, 10, 10))}, "dates.request_by"),
        ({"days": DayTable((date(2023, 1, 2),), (date(2023, 1, 2),))}, "days.workdays"),
        ({"days": DayTable(years=("next",))}, "days.years"),  # type: ignore[arg-type]
        ({"budget": (BudgetLine("money", "central", "x", 0),)}, "budget.1.worth_fen"),
        ({"budget": (BudgetLine("money", "mars", "x", 1),)}, "budget.1.source"),
        ({"budget": (BudgetLine("goods", "city", "棉被", 0),)}, "budget.1.unit"),
        ({"tiers": {"ordinary": 200_00, "heavier": 150_00}}, "tiers.heavier"),
        ({"per_person_floor_fen": 400_00}, "per_person_floor_fen"),
        ({"household_cap_fen": 50_00}, "household_cap_fen"),
    ],
)
def test_what_a_scheme_may_not_say(change: dict[str, Any], name: str) -> None:
    assert name in said(**change)


def test_every_fault_can_be_said() -> None:
    found = list(faults("x", content(title="", hotline="", tiers={}, payment_forms=(), notice_days=0)))
    assert {fault.what for fault in found} <= SAID.keys() and all(map(str, found))


@given(
    st.sets(st.sampled_from(CATEGORIES)),
    st.dictionaries(st.sampled_from(TIERS), st.integers(0, 10**6), min_size=1),
    st.integers(0, 100),
)
def test_whatever_can_be_written_is_read_back(simplified: set[str], tiers: dict[str, int], share: int) -> None:
    made = replace(content(), simplified=tuple(simplified), tiers=tiers, quorum=Quorum(share_percent=share))
    assert SchemeContent.from_json(made.to_json()) == made


@given(st.text())
def test_any_text_is_a_season_or_none(text: str) -> None:
    found = years(text)
    assert found is None or text == f"{found[0]:04d}-{found[1]:04d}"


@given(st.text())
def test_any_text_is_read_as_groups(text: str) -> None:
    names = listed(text)
    assert all(name.strip() == name != "" for name in names) and listed("、".join(names)) == names
    assert number(text) is None or number(text) in range(1000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3组", 3),
        ("第十二村民组", 12),
        ("二十组", 20),
        ("三小组", 3),
        ("上沟", None),
        ("3组4组", None),
        ("二二组", None),
    ],
)
def test_numbers_of_groups(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("written", "meant"),
    [("三组", "3"), ("第3村民组", "3"), ("三 组", "3"), (" 西 沟", "西沟"), ("", ""), ("三组和五组", "三组和五组")],
)
def test_one_group_is_one_place_however_it_is_written(written: str, meant: str) -> None:
    assert same_place(written) == meant


@pytest.mark.parametrize(
    ("group", "hit", "told"),
    [
        ("3组", (), True),
        ("3组", ("三组",), True),
        ("4组", ("三组", "5组"), False),
        ("上沟", ("上沟",), True),
        ("4组", ("三组", "上沟"), None),
        ("上沟4组", ("三组", "上沟"), True),
        ("村东头", ("三组",), None),
    ],
)
def test_L1_groups_that_were_hit(group: str, hit: tuple[str, ...], told: bool | None) -> None:
    assert was_hit(group, hit) is told


def test_L8_days_that_nobody_knows_are_asked_for() -> None:
    scheme = content(notice_kind="working")
    assert rules.notice_end_of(scheme, datetime(2026, 2, 10, 4, tzinfo=UTC)) == datetime(2026, 2, 24, 4, tzinfo=UTC)
    refused = rules.notice_end_of(scheme, datetime(2026, 12, 30, 4, tzinfo=UTC))
    assert isinstance(refused, Refusal) and refused.params == {"year": 2027}


@pytest.mark.parametrize(
    ("quorum", "present", "called", "key"),
    [
        (Quorum(), 1, None, None),
        (Quorum(present=10), 9, None, "L7.too_few"),
        (Quorum(share_percent=50), 20, 40, None),
        (Quorum(share_percent=51), 20, 40, "L7.too_small_a_share"),
        (Quorum(share_percent=50), 20, None, "L7.nobody_called"),
        (Quorum(), 41, 40, "L7.more_present_than_called"),
    ],
)
def test_L7_a_meeting_needs_its_quorum(quorum: Quorum, present: int, called: int | None, key: str | None) -> None:
    refused = rules.enough_present(content(quorum=quorum), present, called)
    assert (refused.key.removeprefix("refusal.") if refused else None) == key


def bank(**changes: Any) -> Bank:
    """A bank without fault, with changes."""
    return replace(usual(), **changes)


@pytest.mark.parametrize(
    ("banks", "what"),
    [
        ((bank(), bank(code="b")), "bank_rest"),
        ((bank(prefixes=("62",)), bank(prefixes=("63",))), "bank_code"),
        ((bank(prefixes=("62",)), bank(code="b", prefixes=("62",))), "bank_prefix_twice"),
        ((bank(code="A"),), "bank_code"),
        ((bank(name=" "),), "bank_text"),
        ((bank(prefixes=("x",)),), "bank_prefix"),
        ((bank(format="pdf"),), "codes"),
        ((bank(encoding="latin-1"),), "codes"),
        ((bank(headings="yes"),), "yes_no"),
        ((bank(columns=(Column("", "card"),)),), "bank_columns"),
        ((bank(columns=(Column("a", "card"),)),), "bank_no_amount"),
        ((bank(columns=(Column("a", "card"), Column("b", "pin"))),), "codes"),
        ((bank(returned=replace(usual().returned, result="")),), "bank_returned"),
        ((bank(returned=replace(usual().returned, paid=())),), "bank_words"),
        ((bank(returned=replace(usual().returned, failed=usual().returned.paid)),), "bank_word_twice"),
    ],
)
def test_what_is_wrong_with_a_bank_is_said(banks: tuple[Bank, ...], what: str) -> None:
    found = list(faults("2022-2023", content(banks=banks)))
    assert what in {fault.what for fault in found}
    assert all(str(fault) for fault in found)


def test_banks_are_read_as_they_were_written() -> None:
    scheme = content(banks=(usual(), bank(code="b", prefixes=("62",), format="csv", encoding="gbk")))
    assert SchemeContent.from_json(scheme.to_json()) == scheme
    with pytest.raises(TypeError):
        SchemeContent.from_json(scheme.to_json() | {"banks": [{"code": "b", "name": "b", "pin": "1"}]})
