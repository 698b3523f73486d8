"""Identity and telephone numbers on a summary are masked; a telephone is read back once, where it was typed."""

from dataclasses import replace

import pytest

from bot.effects import Say
from bot.faces.fields import make
from bot.flow import Flow
from bot.flows import FLOWS
from bot.flows.apply import apply
from bot.inbound import Input, Kind
from bot.render import render, shown_answer
from bot.session import Session
from tests.bot.given import given
from tests.bot.test_engine import walk

NUMBERS = {"id_number": ("410324195102021010", "410324********1010"), "phone": ("+8613800001234", "138****1234")}


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_no_summary_shows_a_whole_number(flow: Flow) -> None:
    for question in flow.questions:
        if question.answer.kind in NUMBERS:
            whole, masked = NUMBERS[question.answer.kind]
            assert shown_answer(question, whole, given()) == masked, question.key


def test_a_telephone_is_read_back_where_it_was_typed_and_masked_from_then_on() -> None:
    session = Session(
        "apply", apply.version, "phone", {"consent": True, "head": "王建国", "id_number": "410324195102021010"}
    )
    after, effects = walk(session, Input(Kind.TEXT, "１３８ ００００ １２３４"))
    assert Say("answer.phone.noted", {"phone": "138 0000 1234"}) in effects
    assert "138****1234" in render(apply, *walk(after, Input(Kind.TEXT, "返回")), given()).text


def test_a_form_keeps_the_number_that_it_shows_masked() -> None:
    question = next(one for one in apply.questions if one.key == "phone")
    field = make(apply, question, replace(given(), answers={"phone": "+8613800001234"}))
    assert (field.known, field.values) == ("138****1234", ())
