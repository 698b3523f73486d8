"""> 中 / < (yes)"""

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.answers.agreement import agreement
from bot.answers.base import Given
from bot.answers.consent import Consent
from bot.answers.yes import Yes
from tests.answers.saying import said, tapped

YES = [
    "是",
    "是的",
    "是。",
    "对",
    "对对对",
    "对的",
    "嗯",
    "嗯嗯",
    "好的",
    "好",
    "没错",
    "要得",
    "中",
    "中！",
    "行",
    "可以",
    "可以的",
    "没问题",
    "有",
    "OK",
    "ok",
    "Yes",
    "ＹＥＳ",
    "１",
    "1",
    "第1个",
    "👍",
    "是啊",
    "对呀",
    "我同意",
]
NO = [
    "不",
    "不是",
    "不是的",
    "没有",
    "没",
    "否",
    "算了",
    "不行",
    "不要",
    "不用了",
    "No",
    "2",
    "２",
    "不中",
    "没有啊",
    "无",
    "错",
]
NEITHER = [
    "",
    "不知道",
    "是不是",
    "行不行",
    "也许",
    "是吧？不是吧",
    "3",
    "1 2",
    "好像不是",
    "哈哈",
    "要是没有呢",
    "同意，但是钱少",
    "\x00",
]


@pytest.mark.parametrize("text", YES)
def test_yes(given: Given, text: str) -> None:
    assert said(Yes(), given, text) is True


@pytest.mark.parametrize("text", NO)
def test_no(given: Given, text: str) -> None:
    assert said(Yes(), given, text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_neither_is_asked_again(given: Given, text: str) -> None:
    assert said(Yes(), given, text) == "?yes.unknown"


@pytest.mark.parametrize("text", ["同意", "我同意", "同意。", "同意的", "好的", "可以", "1", "愿意"])
def test_consent(given: Given, text: str) -> None:
    assert said(Consent(), given, text) is True


@pytest.mark.parametrize("text", ["不同意", "我不同意", "不 同 意", "不愿意", "不", "不行", "2", "拒绝", "算了"])
def test_refusal(given: Given, text: str) -> None:
    assert said(Consent(), given, text) is False


@pytest.mark.parametrize("text", ["同意不同意", "同意吗", "不同意也得同意", "你同意我就同意", "同意个屁"])
def test_what_only_contains_consent_is_none(given: Given, text: str) -> None:
    assert said(Consent(), given, text) == "?consent.unknown"


@any_of(before=st.text(max_size=6), behind=st.text(max_size=6))
def test_whatever_has_a_not_in_it_is_never_a_yes(before: str, behind: str) -> None:
    assert agreement(f"{before}不{behind}") is not True
    assert agreement(f"{before}不同意{behind}") is not True


def test_taps_and_labels(given: Given) -> None:
    assert tapped(Yes(), given, "yes") is True
    assert tapped(Consent(), given, "no") is False
    assert tapped(Consent(), given, "maybe") == "?choice"
    assert Consent().choices(given) == (("yes", "同意"), ("no", "不同意"))
    assert (Yes().show(given, True), Consent().show(given, False)) == ("是", "不同意")
    assert Yes().check(given, False) and not Yes().check(given, "yes") and not Yes().check(given, None)
