"""Long texts are cut where a reader does not stumble."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.split import split, utf8_bytes, utf16_units


def test_a_text_that_fits_stays_whole() -> None:
    assert split("冬" * 666, 2000, utf8_bytes) == ["冬" * 666]
    assert split("", 2000, utf8_bytes) == []


def test_it_is_cut_at_the_last_line_end_that_fits() -> None:
    assert split("第一行\n第二行\n第三行", 20, utf8_bytes) == ["第一行\n第二行", "第三行"]


def test_a_tibetan_vowel_stays_with_its_letter() -> None:
    assert split("ཀཀི", 6, utf8_bytes) == ["ཀ", "ཀི"]


def test_telegram_counts_an_emoji_twice() -> None:
    assert split("🔥" * 3, 4, utf16_units) == ["🔥🔥", "🔥"]


@pytest.mark.parametrize("size", [utf8_bytes, utf16_units])
@given(text=some.text(some.characters(exclude_categories=["Cs"]), max_size=300), limit=some.integers(4, 60))
def test_every_part_fits_and_nothing_is_lost(size: Callable[[str], int], text: str, limit: int) -> None:
    parts = split(text, limit, size)
    assert all(0 < size(part) <= limit for part in parts)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
