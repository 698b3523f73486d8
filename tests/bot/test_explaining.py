"""Hard words in plain ones: every choice of form 1 has a line, and 解释 leads to it in the talk and in the forms."""

import pytest

from bot.answers.explained import plain_words
from bot.channels.base import numbered
from bot.channels.split import utf8_bytes
from bot.channels.wechat import CAPABILITIES
from bot.effects import Ask, Effect, Say
from bot.faces.fields import make
from bot.faces.schema import schema
from bot.flows.apply import apply
from bot.inbound import Input, Kind
from bot.render import render
from bot.session import Session
from intake.codes import CATEGORIES, DISASTERS, RELIEFS
from locales import languages, texts
from tests.bot.given import given
from tests.bot.test_engine import walk

HARD = {"categories": CATEGORIES, "disasters": DISASTERS, "reliefs": RELIEFS}
LONGEST = 45
"""Characters of a line."""


def at(question: str) -> Session:
    return Session("apply", apply.version, question, {"consent": True, "head": "王建国"})


def said(question: str, words: str) -> tuple[Effect, ...]:
    return walk(at(question), Input(Kind.TEXT, words))[1]


def labels(question: str, words: str) -> list[object]:
    return [effect.params["label"] for effect in said(question, words) if isinstance(effect, Say)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("prefix", "codes"), [("category", CATEGORIES), ("disaster", DISASTERS), ("relief", RELIEFS)])
def test_every_choice_of_form_1_has_a_plain_line(language: str, prefix: str, codes: tuple[str, ...]) -> None:
    say = texts(language)
    for code in codes:
        line = say(f"{prefix}.{code}.plain")
        assert line != say(f"{prefix}.{code}")
        assert "\n" not in line
        assert language != "zh_Hans_CN" or len(line) <= LONGEST


@pytest.mark.parametrize("question", HARD)
def test_all_choices_are_explained_in_one_message_of_wechat(question: str) -> None:
    session, effects = walk(at(question), Input(Kind.TEXT, "解释"))
    assert session == at(question)
    reply = render(apply, session, effects, given())
    assert all("：" in choice.label for choice in reply.choices)
    assert utf8_bytes(numbered(reply)) <= CAPABILITIES.text_bytes


@pytest.mark.parametrize(
    ("question", "words", "label"),
    [
        ("categories", "解释 11", "生活困难的优抚对象"),
        ("categories", "解释11", "生活困难的优抚对象"),
        ("categories", "？11", "生活困难的优抚对象"),
        ("categories", "解释第十一个", "生活困难的优抚对象"),
        ("categories", "优抚对象是什么意思？", "生活困难的优抚对象"),
        ("categories", "什么是低保边缘户", "受灾低保边缘户"),
        ("categories", "五保户是啥", "分散供养特困人员"),
        ("disasters", "啥是风雹", "风雹"),
        ("reliefs", "什么叫过渡性生活救助？", "过渡性生活救助"),
    ],
)
def test_one_choice_is_explained_by_number_or_name(question: str, words: str, label: str) -> None:
    assert labels(question, words) == [label]
    assert said(question, words)[-1] == Ask(question, brief=True)


def test_whoever_asks_for_what_is_not_there_sees_all() -> None:
    assert said("categories", "解释 99")[-1] == Ask("categories", brief=True, plain=True)
    assert said("categories", "看不懂")[-1] == Ask("categories", brief=True, plain=True)


def test_an_answer_stays_an_answer_and_a_question_no_choice() -> None:
    assert walk(at("categories"), Input(Kind.TEXT, "优抚对象"))[0].answers["categories"] == ["special_care"]
    assert "categories" not in walk(at("categories"), Input(Kind.TEXT, "优抚对象是什么"))[0].answers
    assert walk(at("reason"), Input(Kind.TEXT, "解释 3 亩地旱了"))[0].answers["reason"] == "解释 3 亩地旱了"


def test_where_nothing_is_hard_the_word_brings_help() -> None:
    assert [effect.key for effect in said("head", "解释") if isinstance(effect, Say)] == ["flow.help"]


def test_the_forms_have_the_lines_beside_the_choices() -> None:
    for question in apply.questions:
        plain = plain_words(question.answer, given())
        assert set(plain) == set(HARD.get(question.key, ()))
        assert make(apply, question, given()).plain == plain
        if plain:
            listed = schema(apply, given())["properties"][question.key]["items"]["oneOf"]
            assert {one["const"]: one["description"] for one in listed} == plain
