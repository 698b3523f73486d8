"""What holds for every kind of answer."""

import time

import pytest
from hypothesis import example, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.answers.base import Answer, Given, Miss, Several, Value
from bot.answers.consent import Consent
from bot.answers.count import Count
from bot.answers.id_number import IdNumberAnswer
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.place import Place
from bot.answers.text import Text
from bot.answers.typed import LONGEST
from bot.answers.yes import Yes
from bot.inbound import Input, Kind
from intake.codes import CATEGORIES, DISASTERS, FAMILIES, RELIEFS
from locales import messages
from tests.answers.saying import outcome, said

KINDS: tuple[Answer, ...] = (
    Consent(), Yes(), One(FAMILIES, "family"), Many(DISASTERS, "disaster", every=DISASTERS),
    Many(CATEGORIES, "category", none_code="other"), Name(), IdNumberAnswer(), Phone(), Count(1, 30), Place(), Text(),
)  # fmt: skip
EACH = pytest.mark.parametrize("answer", KINDS, ids=lambda answer: answer.kind)
NATIVE = "零一二三十百两俩个口人第选和都有没不是我家1239０①③½,，、。 -.·A干旱洪涝低保村镇石门潭头栾川\x00\u202e\u200b\ufe0f\u20e3\U00020bb7"
ANYTHING = st.one_of(
    st.text(max_size=40), st.text(st.sampled_from(NATIVE), max_size=20), st.text("0123456789X ", max_size=25)
)


@EACH
@any_of(kind=st.sampled_from(Kind), text=ANYTHING)
@example(kind=Kind.TEXT, text="\ufdfa" * 300)
@example(kind=Kind.TEXT, text="9" * 2000)
@example(kind=Kind.TEXT, text="一" * 2000)
@settings(max_examples=150, deadline=None)
def test_nothing_sent_breaks_it_and_what_it_takes_it_accepts_again(
    given: Given, answer: Answer, kind: Kind, text: str
) -> None:
    parsed = answer.parse(given, Input(kind, text))
    outcome(given, parsed)
    if isinstance(parsed, Value):
        assert answer.check(given, parsed.value)
        assert answer.show(given, parsed.value)
    if isinstance(parsed, Several):
        for value, _ in parsed.options:
            assert answer.parse(given, Input(Kind.CHOICE, value)) == Value(value)


SLOW = (
    "共有",
    "只有",
    "我们家",
    "的",
    "一家",
    "1-",
    "第",
    "全部",
    "户主的",
    "是",
    " ",
    "9",
    "石门",
    "。",
    "一",
    "\ufdfa",
)


@EACH
def test_no_message_keeps_it_busy(given: Given, answer: Answer) -> None:
    started = time.process_time()
    for text in SLOW:
        answer.parse(given, Input(Kind.TEXT, text * (LONGEST // len(text) - 1) + "x"))
    assert time.process_time() - started < 0.25 * len(SLOW)
    assert said(answer, given, "水" * (LONGEST + 1)) == "?long"


@EACH
@pytest.mark.parametrize("kind", [Kind.PHOTO, Kind.VOICE, Kind.STICKER, Kind.LOCATION, Kind.OTHER])
def test_media_are_told_to_type(given: Given, answer: Answer, kind: Kind) -> None:
    assert answer.parse(given, Input(kind, "media-id")) == Miss("answer.media")


@EACH
def test_a_tap_gives_what_its_number_gives(given: Given, answer: Answer) -> None:
    for number, (code, label) in enumerate(answer.choices(given), 1):
        tapped = answer.parse(given, Input(Kind.CHOICE, code))
        assert isinstance(tapped, Value)
        assert said(answer, given, str(number)) == said(answer, given, label) == tapped.value


def test_every_prompt_is_short_enough_and_every_code_has_its_label(given: Given) -> None:
    mine = {key: text for key, text in messages("zh_Hans_CN").items() if key.startswith("answer.")}
    assert len(mine) > 40
    assert {key: text for key, text in mine.items() if len(text) > 120} == {}
    for prefix, codes in (("category", CATEGORIES), ("disaster", DISASTERS), ("relief", RELIEFS), ("family", FAMILIES)):
        assert all(given.texts.has(f"{prefix}.{code}") for code in codes)


@pytest.mark.parametrize(("prefix", "codes"), [("category", CATEGORIES), ("disaster", DISASTERS), ("relief", RELIEFS)])
def test_every_other_word_means_one_choice(given: Given, prefix: str, codes: tuple[str, ...]) -> None:
    many = Many(codes, prefix)
    for code in codes:
        for word in given.texts(f"{prefix}.{code}.also").split():
            assert said(many, given, word) == [code]
