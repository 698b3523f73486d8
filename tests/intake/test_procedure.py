"""The table: every state, action and role, and nothing that it does not say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from intake.procedure import (
    BACK_TO_REVIEW,
    DECISIONS,
    ENDED,
    REFUSALS,
    TABLE,
    Action,
    Pass,
    Role,
    State,
    actions,
    find,
    move,
)
from intake.procedure_doc import page
from intake.rules import Facts, Refusal
from locales import texts
from tests.world import SHIMEN, content

NOW = datetime(2022, 11, 10, tzinfo=UTC)
WILLING = Facts(
    now=NOW,
    today=date(2022, 11, 10),
    scheme=content(simplified=("destitute",)),
    categories=("destitute",),
    village=SHIMEN,
    disasters=("hail",),
    persons_in_need=3,
    actor=1,
    reason="理由",
    votes_for=9,
    present=9,
    tier="heavier",
    amount_fen=600_00,
    citizen=7,
    applicant=7,
    bank_card="6217000000000000",
    paid_on=date(2022, 11, 1),
    ready_on=date(2022, 11, 1),
    released_on=date(2022, 11, 1),
)
"""Facts to which no guard objects, but for the notice's end."""


@pytest.mark.parametrize("pass_", Pass)
@pytest.mark.parametrize("state", State)
def test_only_what_the_table_says(pass_: Pass, state: State) -> None:
    for action, role in product(Action, Role):
        row = find(pass_, state, action)
        closes = NOW.replace(day=9) if action is Action.CLOSE_NOTICE else NOW.replace(day=11)
        votes = 0 if action is Action.REFUSE_REVIEW else 9
        outcome = move(pass_, state, action, role, replace(WILLING, notice_closes_at=closes, votes_for=votes))
        if row is not None and row.allows(role):
            assert outcome is row.to
            assert row in actions(pass_, state, role)
        else:
            assert isinstance(outcome, Refusal)
            assert outcome.key == ("refusal.role" if row else "refusal.state")


def test_L8_the_way_is_village_notice_township_county_in_both_passes() -> None:
    way = (
        Action.PASS_REVIEW,
        Action.OPEN_NOTICE,
        Action.CLOSE_NOTICE,
        Action.PASS_AUDIT,
        Action.BATCH,
        Action.ACCEPT,
    )
    for pass_ in Pass:
        state = State.APPLIED
        for action in way:
            row = find(pass_, state, action)
            assert row is not None
            state = row.to
        assert state is State.ACCEPTED


def test_L8_no_person_closes_a_notice() -> None:
    assert {row.role for row in TABLE if row.action is Action.CLOSE_NOTICE} == {Role.CLOCK}
    assert {row.action for row in TABLE if row.role is Role.CLOCK} == {Action.CLOSE_NOTICE}


def test_citizens_withdraw_what_is_theirs_until_it_is_decided_and_object_to_what_hangs() -> None:
    theirs = {row for row in TABLE if row.allows(Role.CITIZEN)}
    assert {row.action for row in theirs} == {Action.WITHDRAW, Action.OBJECT, Action.COMPLETE, Action.APPEAL}
    withdrawn = {row.state for row in TABLE if row.action is Action.WITHDRAW}
    assert withdrawn == set(State) - {State.ACCEPTED, *ENDED}
    assert {row.to for row in TABLE if row.action is Action.WITHDRAW} == {State.WITHDRAWN}
    assert {row.action for row in TABLE if row.state is State.WITHDRAWN} == {Action.REOPEN}


def test_nobody_withdraws_what_another_applied_for_or_hears_of_it() -> None:
    for stranger in (None, 8):
        outcome = move(Pass.NEED, State.APPLIED, Action.WITHDRAW, Role.CITIZEN, replace(WILLING, citizen=stranger))
        assert isinstance(outcome, Refusal) and outcome.key == "refusal.unknown_case"


def test_L11_a_need_ends_with_the_list_and_only_a_grant_is_paid() -> None:
    assert {row.pass_ for row in TABLE if row.action is Action.PAY} == {Pass.GRANT}
    assert not [row for row in TABLE if row.pass_ is Pass.NEED and row.state is State.ACCEPTED]


def test_every_no_and_every_way_back_is_explained() -> None:
    explained = {Action.REFUSE_REVIEW, Action.CUT, Action.REFUSE, Action.OBJECT, Action.DISMISS, *BACK_TO_REVIEW}
    explained |= {Action.PASS_SIMPLIFIED, Action.ASK, Action.COMPLETE, Action.APPEAL, Action.REJECT_APPEAL}
    for row in TABLE:
        said = any(guard.__name__ == "gives_reason" for guard in row.guards)
        theirs = row.action is Action.COMPLETE and row.allows(Role.CITIZEN)  # the form sent again says it all
        assert (row.action in explained) == (said or theirs)


def test_every_decision_is_taken_once_by_each_person() -> None:
    for row in TABLE:
        assert (row.action in DECISIONS) == any(guard.__name__ == "acts_once" for guard in row.guards)


def test_the_table_has_one_row_for_each_state_and_action() -> None:
    assert len({(row.pass_, row.state, row.action) for row in TABLE}) == len(TABLE)


def test_the_page_about_the_procedure_says_what_the_table_says() -> None:
    written = (Path(__file__).parents[2] / "docs" / "procedure.md").read_text("utf-8")
    assert written == page(texts()), "run: make procedure"


def test_L10_nothing_moves_in_a_season_that_is_closed() -> None:
    for row in TABLE:
        outcome = move(row.pass_, row.state, row.action, row.role, replace(WILLING, season_closed=True))
        assert isinstance(outcome, Refusal) and outcome.key == "refusal.L10.season_closed"


def test_G5_an_appeal_is_made_in_time_and_settled_once() -> None:
    late = replace(WILLING, today=WILLING.today + timedelta(days=content().appeal_days))
    for pass_, state in product(Pass, REFUSALS):
        assert move(pass_, state, Action.APPEAL, Role.CITIZEN, WILLING) is State.APPEALED
        refused = move(pass_, state, Action.APPEAL, Role.VILLAGE, late)
        assert isinstance(refused, Refusal) and refused.key == "refusal.G5.appeal_over"
        assert move(pass_, State.APPEALED, Action.REJECT_APPEAL, Role.COUNTY, WILLING) is State.FINAL
        assert find(pass_, State.FINAL, Action.APPEAL) is None


def test_L12_who_refused_settles_no_appeal_against_it() -> None:
    refuser = replace(WILLING, acted=frozenset({1}))
    for action in (Action.ALLOW_APPEAL, Action.REJECT_APPEAL):
        outcome = move(Pass.NEED, State.APPEALED, action, Role.COUNTY, refuser)
        assert isinstance(outcome, Refusal) and outcome.key == "refusal.L12.acted_before"


def test_what_is_completed_goes_on_where_it_was() -> None:
    for row in TABLE:
        if row.action is Action.ASK:
            back = find(row.pass_, row.to, Action.COMPLETE)
            assert back is not None and back.to is row.state
