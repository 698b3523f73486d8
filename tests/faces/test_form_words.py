"""A form speaks as a form: nobody there is told to reply «返回», to type a number of a list, or to send a voice."""

import re

import pytest

from bot.answers.base import Miss
from bot.faces.fields import ask
from bot.faces.offered import is_form
from bot.filling import read_field
from bot.flow import Flow, Question
from bot.flows import FLOWS
from locales import HOME, messages, texts
from tests.bot.given import given
from tests.faces.conftest import Faces
from tests.faces.household import typed
from tests.faces.resident import Resident

CHAT = re.compile("回复|序号|发语音|再发|消息|“(返回|取消|跳过|选|完成|继续)”")
"""Words that only fit a talk."""

FORMS = [flow for flow in FLOWS.values() if is_form(flow)]
TYPED = ("name", "id_number", "phone", "count", "place", "group", "text", "bank_card", "picked")
"""Kinds of answer that a form takes as text."""
ODD = ("", "。", "不知道", "没有", "abc", "99", "12345", "兰州", "身份证丢了", "大概三四口", "0", "-1", "字" * 2500)


@pytest.mark.parametrize("flow", FORMS, ids=lambda flow: flow.name)
def test_what_is_asked_and_what_is_wrong_is_said_for_a_form(flow: Flow) -> None:
    for question in flow.questions:
        assert not CHAT.search(ask(flow, question, given())), question.key
        if question.answer.kind in TYPED:
            for words in ODD:
                assert not CHAT.search(wrong(question, words)), (question.key, words)


def wrong(question: Question, words: str) -> str:
    """What a field says of ``words``; nothing where it takes them."""
    read, say = read_field(question, words, given()), given().texts
    return say(say.for_form(read.key), **read.params) if isinstance(read, Miss) else ""


def test_what_has_become_of_a_form_is_said_for_a_form() -> None:
    """Of each text of these flows that tells people to reply there is one for forms."""
    say = texts(HOME)
    names = tuple(f"{flow.name}." for flow in FORMS)
    keys = [key for key, text in messages(HOME).items() if key.startswith((*names, "own.")) and CHAT.search(text)]
    told = [key for key in keys if not key.endswith((".refused", ".ask", ".form", ".letter"))]
    assert "withdraw.done" in told
    assert [key for key in told if CHAT.search(say(say.for_form(key)))] == []


async def test_a_wrong_number_of_people_leads_to_the_field_before(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    await resident.fill(typed(1, persons_in_need="9"))
    assert "请先改那一项" in resident.text
    assert not CHAT.search(resident.text)


async def test_what_is_told_at_the_end_is_in_the_words_of_a_form(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    await resident.fill(typed(1))
    await resident.open("/forms/withdraw")
    while "/done" not in resident.path:
        await resident.fill({key: offered[0] for key, offered in resident.offered.items()})
    assert "撤回了" in resident.text
    assert "再填一张申请救助的表" in resident.text
    assert not CHAT.search(resident.text)
