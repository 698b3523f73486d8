"""Lists of days as officials type them: single days, and rows of days. Pure."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, timedelta

MOST_DAYS = 62
"""The longest row of days that is read as one; longer ones are a slip."""
_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_ONE = re.compile(_DAY)
_ROW = re.compile(rf"{_DAY}\s*(?:至|到|~|—|--?)\s*{_DAY}")


def read_days(text: str) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """The days of a text, each once and in order, and what in it is none: single days (2027-02-06) and rows of days
    (2027-02-06 至 2027-02-12), parted by commas or lines."""
    found: set[date] = set()
    wrong = []
    for part in re.split(r"[、，,;；\n]+|\s{2,}", unicodedata.normalize("NFKC", text)):
        piece = part.strip()
        if not piece:
            continue
        days = _row(piece)
        if days:
            found.update(days)
        else:
            wrong.append(piece)
    return tuple(sorted(found)), tuple(wrong)


def _row(piece: str) -> list[date]:
    one, row = _ONE.fullmatch(piece), _ROW.fullmatch(piece)
    numbers = [int(number) for found in (one or row,) if found for number in found.groups()]
    with suppress(ValueError):
        if len(numbers) == 3:
            return [date(*numbers)]
        if len(numbers) == 6:
            first, last = date(*numbers[:3]), date(*numbers[3:])
            if timedelta() <= last - first < timedelta(days=MOST_DAYS):
                return [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return []
