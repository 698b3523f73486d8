"""> 有水喝 / never < 没水喝: no choice is taken by words that lack a negation of its name, or have one more."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answers import choosing, options
from bot.answers.base import Given, Parsed, Value
from bot.answers.many import Many
from bot.answers.negation import is_denial, negations
from bot.answers.one import One
from bot.answers.words import worded
from bot.answers.yes import Yes
from bot.flows import FLOWS
from bot.inbound import Input, Kind
from locales import languages, texts

CHOICES = {
    f"{flow.name}.{question.key}": question.answer
    for flow in FLOWS.values()
    for question in flow.questions
    if isinstance(question.answer, One | Many | Yes)
}
EACH = pytest.mark.parametrize("language", languages())
QUESTION = pytest.mark.parametrize("answer", CHOICES.values(), ids=CHOICES)
TURNED = re.compile(
    r"没有|[不没无未缺莫]|\b(?:no|not|without|nothing|nobody|cannot|none)\b ?|\bun(?=[a-z]{4})|་?མེད|མིན|མི་|མ་",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("没问题", 1), ("问题", 0), ("不缺", 2), ("别的问题", 0), ("非常急", 0), ("特别急", 0), ("not safe", 1), ("unsafe", 1), ("under", 0), ("can't", 1),
        ("unattended", 1), ("ཆུ་མེད", 1), ("མི་འདང", 1), ("མིང", 0), ("", 0),
    ],
)  # fmt: skip
def test_negations_are_counted(text: str, count: int) -> None:
    assert negations(text) == count


def forms(answer: One | Many | Yes, given: Given) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(code, its names) of each choice."""
    codes = tuple(code for code, _ in answer.choices(given))
    prefix = f"answer.{answer.kind}" if isinstance(answer, Yes) else answer.prefix
    return zip(codes, choosing.names(prefix, codes, given), strict=True)


def taken(answer: One | Many | Yes, given: Given, text: str) -> tuple[str, ...]:
    parsed: Parsed = answer.parse(given, Input(Kind.TEXT, text))
    if not isinstance(parsed, Value):
        return ()
    if isinstance(parsed.value, bool):
        return ("yes",) if parsed.value else ("no",)
    return tuple(parsed.value) if isinstance(parsed.value, list) else (parsed.value,)


def is_named(text: str, names: tuple[str, ...]) -> bool:
    """Whether the text is one of the names, but for the words people put around an answer."""
    return not {worded(text), worded(options.bare(text))}.isdisjoint(map(worded, names))


@pytest.fixture
def known(given: Given) -> Given:
    return replace(given, disasters=("hail",), facts={"@open": (("1", "王"),), "@web": True, "@official": True})


@EACH
@QUESTION
def test_a_name_without_its_negation_is_not_that_choice(known: Given, answer: One | Many | Yes, language: str) -> None:
    given = replace(known, texts=texts(language))
    for code, names in forms(answer, given):
        for name in filter(negations, names):
            less = TURNED.sub("", name).strip("་ ")
            english = (f"no {less}", f"not {less}") if less.isascii() else ()
            for text in (less, f"有{less}", f"不{less}", f"没{less}", f"有{name}", *english):
                if less and code in taken(answer, given, text):
                    assert is_named(text, names) and not text.startswith(f"有{name}"), (code, name, text)


@EACH
@QUESTION
def test_a_name_with_one_more_negation_is_not_that_choice(
    known: Given, answer: One | Many | Yes, language: str
) -> None:
    given = replace(known, texts=texts(language))
    for code, names in forms(answer, given):
        for name in names:
            before = (f"{word}{name}" for word in ("不", "没", "没有", "不是", "无", "未", "not ", "no ", "without "))
            behind = (f"{name}{word}" for word in ("不", "没", "没有", "没了", "吗", "་མེད", "་མིན", " not"))
            for text in (*before, *behind):
                if code in taken(answer, given, text):
                    assert is_named(text, names) or is_denial(name), (code, name, text)
