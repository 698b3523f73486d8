"""What holds for every kind of answer."""

import time
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.answers.bank_card import BankCard
from bot.answers.base import Answer, Given, Miss, Several, Value
from bot.answers.consent import Consent
from bot.answers.count import Count
from bot.answers.day import Day
from bot.answers.group import Group
from bot.answers.id_number import IdNumberAnswer
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.name_known import NameKnown
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.photos import Photos
from bot.answers.picked import Picked
from bot.answers.place import Place
from bot.answers.reference import Reference
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
    Picked("@cases"), Photos(3), Day(), BankCard(), Reference(), Group(),
    NameKnown("@head", "bank_card.holder.other"),
)  # fmt: skip
EACH = pytest.mark.parametrize("answer", KINDS, ids=lambda answer: answer.kind)
NATIVE = "零一二三十百两俩个口人第选和都有没不是我家1239０①③½,，、。 -.·A干旱洪涝低保村镇石门潭头栾川\x00\u202e\u200b\ufe0f\u20e3\U00020bb7"
ANYTHING = st.one_of(
    st.text(max_size=40), st.text(st.sampled_from(NATIVE), max_size=20), st.text("0123456789X ", max_size=25)
)


@EACH
@any_of(
    kind=st.sampled_from(Kind), text=ANYTHING, media=st.text(max_size=20), collected=st.sampled_from(((), ("1", "2")))
)
@example(kind=Kind.TEXT, text="\ufdfa" * 300, media="", collected=())
@example(kind=Kind.TEXT, text="9" * 2000, media="", collected=())
@example(kind=Kind.TEXT, text="一" * 2000, media="", collected=())
@example(kind=Kind.TEXT, text="\ud800\u202e\x00", media="", collected=())
@example(kind=Kind.PHOTO, text="", media="7", collected=("1", "2"))
@settings(max_examples=150, deadline=None)
def test_nothing_sent_breaks_it_and_what_it_takes_it_accepts_again(
    given: Given, answer: Answer, kind: Kind, text: str, media: str, collected: tuple[str, ...]
) -> None:
    given = replace(given, collected=collected)
    parsed = answer.parse(given, Input(kind, text, media, label=text))
    outcome(given, parsed)
    if isinstance(parsed, Value):
        assert answer.check(given, parsed.value)
        assert answer.show(given, parsed.value)
    if isinstance(parsed, Several):
        for value, _ in parsed.options:
            assert answer.show(given, value)
            step = answer.parse(given, Input(Kind.CHOICE, value))
            # A township is a part of the way to a village, and no value.
            way = isinstance(step, Several) and not answer.check(given, value)
            assert way if answer.kind == "place" and len(value) < 12 else step == Value(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@EACH
@any_of(value=JSON)
@settings(max_examples=150, deadline=None)
def test_a_stored_value_is_accepted_or_not_and_what_is_accepted_can_be_shown(
    given: Given, answer: Answer, value: Any
) -> None:
    if answer.check(given, value):
        answer.show(given, value)


@EACH
@any_of(text=st.text(max_size=10))
@settings(max_examples=50, deadline=None)
def test_what_nobody_sees_changes_nothing(given: Given, answer: Answer, text: str) -> None:
    hidden = "\u200b\u202e".join(text) + "\u2066\ufeff"
    if all(unicodedata.category(character) not in ("Cf", "Cc", "Cs") for character in text):
        seen, also = (answer.parse(given, Input(Kind.TEXT, one)) for one in (text, hidden))
        assert type(seen) is type(also)


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
    told = answer.parse(given, Input(kind, "media-id"))
    assert isinstance(told, Miss)
    assert told.key == ("answer.photos.lost" if answer.kind == "photos" and kind is Kind.PHOTO else told.key)
    assert "请" in given.texts(told.key, **told.params)


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
