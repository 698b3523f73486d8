"""A village."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers import options
from bot.answers.base import Given, Miss, Parsed, Several, Value
from bot.answers.group import group_at_end
from bot.answers.numerals import number
from bot.answers.pinned import pinned
from bot.answers.typed import words
from bot.answers.words import plain, same_word
from bot.inbound import Input, Kind
from intake.divisions import VILLAGE

MOST_TOWNSHIPS = 20
"""How many townships are offered with the question itself."""

_NUMBERED = re.compile(r"第?([0-9]{1,3}|[一二三四五六七八九十]{1,3})[个号项.。、]?")


@dataclass(frozen=True, slots=True)
class Place:
    """A village of the area served, under the division ``within`` if given; the value is its 12-digit code.

    It is typed, or found by numbers: where a single county is open its townships are the choices, elsewhere 选 offers
    the counties first; each step offers what lies inside, with codes of 6 and 9 digits that are never values.
    """

    kind: ClassVar[str] = "place"
    several: ClassVar[bool] = False
    within: str = ""

    def choices(self, given: Given) -> tuple[tuple[str, str], ...]:
        """The townships of a single open county; none where they are many, or the counties are."""
        townships = given.places.townships(self.within)
        few = len(townships) <= MOST_TOWNSHIPS and len({row.code[:6] for row in townships}) == 1
        return tuple((row.code, row.name) for row in townships) if few else ()

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The village. A name that fits several, or is only nearly right, gives those to pick from, a township or
        county what lies in it; a QR code's scene or a tapped code is taken if it is a village here; a pin is asked
        back."""
        if sent.kind is Kind.SCENE:
            code = given.places.village_of_scene(sent.text)
            return Value(code) if code and self.check(given, code) else Miss("answer.place.scene")
        if sent.kind is Kind.LOCATION:
            return pinned(given, sent, self.within, self.show)
        if sent.kind is Kind.CHOICE and self.check(given, sent.text):
            return Value(sent.text)
        if sent.kind is Kind.CHOICE and self._is_area(given, sent.text):
            return self._inside(given, sent.text)
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        if same_word(text, given.texts.words("answer.place.choose.also")):
            return self._inside(given, self.within)
        if (numbered := _NUMBERED.fullmatch(plain(options.spell(text)))) and (choices := self.choices(given)):
            index = number(numbered[1]) or 0
            if 1 <= index <= len(choices):
                return self._inside(given, choices[index - 1][0])
            return Miss("answer.place.beyond", {"number": numbered[1], "count": len(choices)})
        return self._named(given, text)

    def show(self, given: Given, value: Any) -> str:
        """Township and village; a township alone where there is one county, else with its county."""
        row = given.places.get(value)
        if row is not None and row.level < VILLAGE and dict(self.choices(given)).get(value):
            return row.name
        return given.places.label(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is the code of a village here."""
        row = given.places.get(value) if isinstance(value, str) else None
        return row is not None and row.level == VILLAGE and row.code.startswith(self.within)

    def _is_area(self, given: Given, code: str) -> bool:
        here = code.startswith(self.within) or self.within.startswith(code)
        return len(code) in (6, 9) and here and bool(given.places.townships(code))

    def _named(self, given: Given, text: str) -> Parsed:
        found = given.places.find(text, within=self.within)
        if len(found) == 1 and found[0].exact and len(found[0].code) == 12:
            group = group_at_end(text)
            return Value(found[0].code, also={"group": group} if group else {})
        villages = tuple((match.code, match.label) for match in found if len(match.code) == 12)
        areas = tuple((match.code, self.show(given, match.code)) for match in found if len(match.code) < 12)
        if areas and villages:
            told = {"area": areas[0][1], "count": len(given.places.villages(areas[0][0]))}
            return Several("answer.place.area_or_village", (*villages, *areas), told)
        if areas:
            return self._inside(given, areas[0][0]) if len(areas) == 1 else Several("answer.place.townships", areas)
        if not villages:
            return Miss("answer.place.unknown")
        if len(villages) == 1:
            return Several("answer.place.nearly", villages, {"village": villages[0][1]})
        return Several("answer.place.which", villages)

    def _inside(self, given: Given, code: str) -> Parsed:
        """What lies in a division, to pick from: counties, then townships, then villages."""
        code = code if len(code) >= len(self.within) else self.within
        townships = given.places.townships(code)
        counties = tuple(dict.fromkeys(row.code[:6] for row in townships))
        if len(counties) > 1:
            return Several("answer.place.counties", tuple((one, self.show(given, one)) for one in counties))
        if len(townships) > 1:
            return Several("answer.place.townships", tuple((row.code, self.show(given, row.code)) for row in townships))
        villages = tuple((row.code, given.places.label(row.code)) for row in given.places.villages(code))
        if not villages:
            return Miss("answer.place.unknown")
        told = {"area": self.show(given, villages[0][0][:9]), "count": len(villages), "example": villages[0][1]}
        return Several("answer.place.area", villages, told)
