"""Where in a text the names of divisions stand, letter for letter or by their sound."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.divisions import COUNTY, TOWNSHIP, VILLAGE, Row
from intake.sounds import alike, readings

_ENDINGS = {
    COUNTY: re.compile(r"[县市区]?"),
    TOWNSHIP: re.compile(r"(?:镇|乡|街道(?:办事处|办)?|公社)?"),
    VILLAGE: re.compile(r"村?(?:村?民委员会|委会|大队)?"),
}
_COMMUNITY_ENDING = re.compile(r"(?:社区)?(?:居民委员会|居委会)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A division named in ``text[start:end]``. ``same``: with its own characters, not only the same sound;
    ``full``: with 村, 镇, 县 … behind it."""

    row: Row
    start: int
    end: int
    same: bool
    full: bool


class PlaceIndex:
    """The names of some divisions, ready to be found in a text."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            for form in {row.name, row.short}:
                # 张 for 张村 would be found in every second text.
                if len(form) > 1:
                    self._rows.setdefault(form, []).append(row)
        self._longest = max(map(len, self._rows), default=0)
        self._by_sound: dict[str, list[str]] = {}
        for form in self._rows:
            for sound in readings(form[0]):
                self._by_sound.setdefault(sound, []).append(form)

    def spoken(self, text: str) -> list[Mention]:
        """Every division named with its own characters."""
        spans = (
            (text[start:end], start)
            for start in range(len(text))
            for end in range(start + 2, min(start + self._longest, len(text)) + 1)
        )
        return self._mentions(text, ((form, start) for form, start in spans if form in self._rows))

    def sounding(self, text: str) -> list[Mention]:
        """Every division whose name is there by its sound, those of :meth:`spoken` included."""
        return self._mentions(text, self._heard(text))

    def _heard(self, text: str) -> Iterator[tuple[str, int]]:
        for start, character in enumerate(text):
            forms = {form for sound in readings(character) for form in self._by_sound.get(sound, ())}
            for form in forms:
                part = text[start : start + len(form)]
                if len(part) == len(form) and all(map(alike, part, form)):
                    yield form, start

    def _mentions(self, text: str, found: Iterable[tuple[str, int]]) -> list[Mention]:
        best: dict[tuple[str, int], Mention] = {}
        for form, start in found:
            for row in self._rows[form]:
                ending = _COMMUNITY_ENDING if row.name.endswith("社区") else _ENDINGS[row.level]
                stop = start + len(form)
                after = ending.match(text, stop)
                end = after.end() if after else stop
                mention = Mention(row, start, end, text[start:stop] == form, form == row.name or end > stop)
                known = best.get((row.code, start))
                if known is None or (mention.end, mention.same) > (known.end, known.same):
                    best[row.code, start] = mention
        return list(best.values())
