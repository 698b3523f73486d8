"""The sums of an archive: its forms against its list of cases (L10, L11). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Total:
    """Households, persons in need and fen."""

    households: int = 0
    persons: int = 0
    fen: int = 0

    def __add__(self, other: "Total") -> "Total":
        return Total(self.households + other.households, self.persons + other.persons, self.fen + other.fen)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the forms say: form 2 by township, form 4 of the county."""

    form2: Mapping[str, Total]
    form4: Total

    def to_bytes(self) -> bytes:
        """The file of the sums."""
        body = {"form2": {code: _plain(one) for code, one in self.form2.items()}, "form4": _plain(self.form4)}
        return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def read_sums(raw: bytes) -> Sums:
    """Read what :meth:`Sums.to_bytes` wrote.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        body = orjson.loads(raw)
        return Sums({code: Total(**one) for code, one in body["form2"].items()}, Total(**body["form4"]))
    except (KeyError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise ValueError("the sums cannot be read") from error


class Tally:
    """Counts the list of cases: who is in need, who is helped, with how much."""

    def __init__(self) -> None:
        self.helped: dict[str, Total] = {}
        self.cases = 0
        self._seen: set[str] = set()
        self.faults: list[str] = []

    def take(self, lines: Iterable[bytes]) -> None:
        """Count these lines."""
        for line in lines:
            try:
                self._count(orjson.loads(line))
            except (ValueError, KeyError, TypeError):
                self.faults.append(f"{self.cases + 1}. line of the list of cases cannot be read")
                return

    def _count(self, one: Any) -> None:
        self.cases += 1
        number, township = str(one["number"]), str(one["village"])[:9]
        if number in self._seen:
            self.faults.append(f"case {number} is listed twice")
        self._seen.add(number)
        if not one["helped"]:
            return
        if not one["needy"]:
            self.faults.append(f"case {number} is helped but was not found in need (L11)")
        own = Total(1, int(one["persons"]), int(one["fen"]))
        self.helped[township] = self.helped.get(township, Total()) + own

    def against(self, sums: Sums) -> list[str]:
        """Where forms and cases do not agree."""
        found = list(self.faults)
        for code in sorted({*self.helped, *sums.form2}):
            ours, theirs = self.helped.get(code, Total()), sums.form2.get(code, Total())
            if ours != theirs:
                found.append(f"form 2 of {code} says {_words(theirs)}, its cases come to {_words(ours)}")
        summed = sum(sums.form2.values(), Total())
        if summed != sums.form4:
            found.append(f"form 4 says {_words(sums.form4)}, the forms 2 together {_words(summed)}")
        return found


def _plain(one: Total) -> dict[str, int]:
    return {"households": one.households, "persons": one.persons, "fen": one.fen}


def _words(one: Total) -> str:
    return f"{one.households} households, {one.persons} persons, {one.fen} fen"
