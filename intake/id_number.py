"""Resident identity numbers (GB 11643): read what people type, check it, and show it masked.

The number carries the division of *first registration*, whose code may be long abolished, so the county is only a
hint and never a reason to refuse.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""First two digits in use; 81, 82 and 83 are residence permits of people from Hong Kong, Macao and Taiwan."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_CROSSES = str.maketrans("xх×✕✖╳Х", "XXXXXXX")
_BETWEEN = re.compile(r"[\s.·・_\-‐-―−]+")
_AROUND = re.compile(r"^[\u4e00-\u9fff:,]+(?=[0-9])|(?<=[0-9X])[\u4e00-\u9fff。,!]+$")
_FORMAT = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")


class Reason(StrEnum):
    """What is wrong with a number, in the order in which it is looked for."""

    CHARACTERS = "characters"
    LENGTH = "length"
    PROVINCE = "province"
    DATE = "date"
    CHECK_DIGIT = "check_digit"


class IdNumberError(ValueError):
    """Not an identity number. It never quotes the number: it may end in a log."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that can exist: 18 characters with a right check digit, and what it says about the person."""

    number18: str
    birth: date
    female: bool
    county_code: str


def check_digit(first17: str) -> str:
    """The eighteenth character (0–9 or X) of the number that starts with these 17 digits."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def clean(text: str) -> str:
    """The number without the spaces, dots and dashes people put in or Chinese words around it, full-width made
    half-width, and every kind of x or multiplication sign an ``X``."""
    return _AROUND.sub("", _BETWEEN.sub("", unicodedata.normalize("NFKC", text).translate(_CROSSES)))


def parse(text: str, today: date) -> IdNumber:
    """Read an identity number of 18 characters, or an old one of 15 digits, which becomes 18.

    Raises:
        IdNumberError: with what is wrong: a character that no number has, a wrong length, no such province, a birth
            date that doesn't exist, is before 1900 or after ``today``, or a check digit that shows a typing mistake.
    """
    number = clean(text)
    if not _FORMAT.fullmatch(number):
        wrong_length = re.fullmatch(r"[0-9X]*", number) is not None and len(number) not in (15, 18)
        raise IdNumberError(Reason.LENGTH if wrong_length else Reason.CHARACTERS)
    if not _PROVINCE.match(number):
        raise IdNumberError(Reason.PROVINCE)
    old = len(number) == 15
    first17 = f"{number[:6]}19{number[6:]}" if old else number[:17]
    try:
        birth = date(int(first17[6:10]), int(first17[10:12]), int(first17[12:14]))
    except ValueError:
        raise IdNumberError(Reason.DATE) from None
    if not date(1900, 1, 1) <= birth <= today:
        raise IdNumberError(Reason.DATE)
    number18 = first17 + check_digit(first17)
    if not old and number18 != number:
        raise IdNumberError(Reason.CHECK_DIGIT)
    return IdNumber(number18, birth, int(first17[16]) % 2 == 0, first17[:6])


def mask(number: str) -> str:
    """The number as officials and summaries may see it: ``410324********1234``; anything else is hidden whole."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else "*" * len(number)
