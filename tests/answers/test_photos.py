"""> [photo] / < 收到了，一共 1 张 / > 完成"""

from dataclasses import replace

import pytest

from bot.answers.base import Given, More, Parsed, Value
from bot.answers.photos import Photos
from bot.inbound import Input, Kind
from tests.answers.saying import outcome, said, tapped

SOME = Photos(3)


def photo(given: Given, media: str, *before: str) -> Parsed:
    return SOME.parse(replace(given, collected=before), Input(Kind.PHOTO, media=media))


def test_photos_are_counted_aloud_until_there_are_enough(given: Given) -> None:
    assert photo(given, "5") == More(("5",), "answer.photos.more", {"count": 1})
    second = photo(given, "6", "5")
    assert isinstance(second, More) and second.collected == ("5", "6")
    assert "2 张" in given.texts(second.key, **second.params)
    assert photo(given, "7", "5", "6") == Value(["5", "6", "7"], "answer.photos.enough", {"count": 3})


def test_the_same_photo_twice_is_one(given: Given) -> None:
    twice = photo(given, "5", "5")
    assert isinstance(twice, More) and twice.collected == ("5",)


@pytest.mark.parametrize("media", ["", "media-id", "-1", "9" * 19, "٣"])
def test_a_photo_that_was_not_kept_is_asked_for_again(given: Given, media: str) -> None:
    assert outcome(given, photo(given, media, "5")) == "?photos.lost"


@pytest.mark.parametrize("text", ["完成", "好了", "没有了", "够了", "没有", "嗯发完了", "1", "好了👌"])
def test_the_end_keeps_what_was_sent(given: Given, text: str) -> None:
    assert said(SOME, replace(given, collected=("5", "6")), text) == ["5", "6"]


def test_without_a_photo_no_is_an_answer_and_done_is_none(given: Given) -> None:
    assert said(SOME, given, "没有") == said(SOME, given, "莫得") == said(SOME, given, "1") == []
    assert said(SOME, given, "完成") == said(SOME, given, "好的") == "?photos.not_yet"
    assert tapped(SOME, given, "none") == [] and tapped(SOME, replace(given, collected=("5",)), "done") == ["5"]


def test_anything_else_is_told_how(given: Given) -> None:
    some = replace(given, collected=("5", "6"))
    told = SOME.parse(some, Input(Kind.TEXT, "怎么发"))
    assert outcome(given, told) == "?photos.unknown"
    assert outcome(given, SOME.parse(some, Input(Kind.STICKER))) == "?photos.media"


def test_stored_photos(given: Given) -> None:
    assert SOME.check(given, []) and SOME.check(given, ["1", "2"])
    assert not any(SOME.check(given, bad) for bad in (["1", "1"], ["1", "2", "3", "4"], [1], ["x"], "1", None))
    assert SOME.show(given, ["1", "2"]) == "2 张照片" and SOME.show(given, []) == "没有照片"
