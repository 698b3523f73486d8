"""Receipts: nobody can guess one, and everybody can copy one."""

import re
from collections import Counter

import pytest

from intake.receipts import index_of, normalised, receipt_for
from store.cipher import Keyring


@pytest.fixture(scope="module")
def receipts(keyring: Keyring) -> list[str]:
    return [receipt_for(f"key:{number}", b"content") for number in range(2000)]


def test_a_receipt_is_four_groups_of_four(receipts: list[str]) -> None:
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", one) for one in receipts)


def test_every_place_of_a_receipt_takes_every_letter_so_that_none_can_be_guessed(
    receipts: list[str],
) -> None:
    assert len(set(receipts)) == len(receipts)
    for place in range(19):
        letters = Counter(one[place] for one in receipts)
        assert len(letters) == (1 if place in (4, 9, 14) else 32)
        assert place in (4, 9, 14) or max(letters.values()) < 120


def test_the_same_sending_has_the_same_receipt_and_another_has_another() -> None:
    assert receipt_for("key", b"content") == receipt_for("key", b"content")
    assert len({receipt_for("key", b"content"), receipt_for("key", b"other"), receipt_for("other", b"content")}) == 3


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9Q2T-0ABC-D1EF",
        "7k3m9q2t0abcd1ef",
        " 7K3M 9Q2T　0ABC D1EF。",
        "７Ｋ３Ｍ—９Ｑ２Ｔ—０ＡＢＣ—Ｄ１ＥＦ",
        "7K3M-9Q2T-OABC-DIEF",
        "7K3M-9Q2T-oABC-DlEF",
        "7K3M\u200b-9Q2T\u202e-0ABC_D1EF",
    ],
)
def test_a_receipt_is_understood_as_people_copy_it(typed: str) -> None:
    assert normalised(typed) == "7K3M-9Q2T-0ABC-D1EF"


@pytest.mark.parametrize(
    "typed", ["", "7K3M", "7K3M-9Q2T-0ABC-D1E", "7K3M-9Q2T-0ABC-D1EFF", "7K3M-9Q2T-0ABC-D1EU", "回执码", "\0" * 400]
)
def test_what_cannot_be_a_receipt_is_none(typed: str) -> None:
    assert normalised(typed) is None


def test_the_index_tells_nothing_of_the_receipt(receipts: list[str]) -> None:
    assert index_of(receipts[0]) != index_of(receipts[1])
    assert receipts[0].encode() not in index_of(receipts[0])
