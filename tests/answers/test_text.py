"""> (300 characters) / < 您写了 300 个字，最多 200 个，多了 100 个。"""

import pytest

from bot.answers.base import Given, Miss
from bot.answers.text import Text
from bot.inbound import Input, Kind
from tests.answers.saying import said


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("房子塌了", "房子塌了"), ("  房子塌了\n", "房子塌了"), ("房\x00子", "房子"), ("房\u200b子\u202e塌", "房子塌"), ("一\r\n二", "一\n二"),
        ("一 \n\n\n\n 二", "一\n\n二"), ("e\u0301", "é"), ("e\u200b\u0301", "é"), ("a\tb", "a b"), ("①", "①"), ("𠮷 བོད", "𠮷 བོད"),
    ],
)  # fmt: skip
def test_tidied(given: Given, text: str, kept: str) -> None:
    assert said(Text(), given, text) == kept
    assert Text().check(given, kept) and Text().show(given, kept) == kept


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\u200b\u202e", "\n\n"])
def test_nothing_to_see(given: Given, text: str) -> None:
    assert said(Text(), given, text) == "?text.empty"


def test_too_long_says_by_how_much(given: Given) -> None:
    missed = Text(200).parse(given, Input(Kind.TEXT, "水" * 300))
    assert isinstance(missed, Miss)
    assert "多了 100 个" in given.texts(missed.key, **missed.params)
    assert said(Text(200), given, "𠮷" * 200) == "𠮷" * 200


def test_too_short(given: Given) -> None:
    assert said(Text(200, low=5), given, "水") == "?text.short"
    assert not Text(200, low=5).check(given, "水") and not Text().check(given, None)
