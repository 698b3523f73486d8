"""Which language a visitor reads."""

import pytest

from locales import HOME
from locales.spoken import spoken


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("en", "", "en"),
        ("bo_CN", "en", "bo_CN"),
        ("bo", "en", "bo_CN"),
        ("BO-cn", "en", "bo_CN"),
        ("zh-Hans-CN", "en", HOME),
        ("tlh", "en-US,en;q=0.9", "en"),
        ("", "zh-TW,en", HOME),
        ("", "zh-CN;q=0.5, bo-CN;q=0.9", "bo_CN"),
        ("", "en;q=0, bo;q=0.1", "bo_CN"),
        ("", "fr, *;q=0.1", HOME),
        ("", "en;q=much, bo;q=nan", HOME),
        ("\0", ";,;;q=", HOME),
        ("", "fr," * 10 + "en", HOME),
    ],
)
def test_the_one_asked_for_or_the_one_wanted_most_or_chinese(asked: str, accepted: str, language: str) -> None:
    assert spoken(asked, accepted) == language
