"""A cell as the text that somebody typed; what a workbook made of it is undone, or said. Pure."""

import re
from datetime import date, datetime

from bot.faces.lists.cells import Odd, Value
from intake.imports.read import Reason

_SURE = 10**15
"""From here on Excel has rounded a number: of an identity number the last digits are gone."""
_ROUNDED = re.compile(r"[0-9](?:[.][0-9]+)?[eE][+]?[0-9]{2}")
LONGEST = 2000
"""Characters of a cell that are kept."""


def typed(key: str, place: str, value: Value) -> str | Reason:
    """What stands in a cell of the column ``key``, or why that cannot be used; ``place`` is the cell's name, C7."""
    if isinstance(value, Odd):
        return Reason(key, f"import.wrong.{value.value}", {"cell": place})
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        if key == "id_number" and abs(value) >= _SURE:
            return Reason(key, "import.wrong.rounded", {"cell": place})
        return str(int(value)) if value == value // 1 and abs(value) < _SURE else str(value)
    text = str(value).strip()
    if key == "id_number" and _ROUNDED.fullmatch(text):
        return Reason(key, "import.wrong.rounded", {"cell": place})
    if len(text) > LONGEST:
        return Reason(key, "import.wrong.long", {"cell": place, "most": LONGEST})
    return text


def cell_name(place: int, row: int) -> str:
    """The name of a cell by its column, counted from 0, and its row: C7."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
