"""A village."""

from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.base import Given, Miss, Parsed, Several, Value
from bot.answers.typed import Typed, words
from bot.inbound import Input, Kind
from intake.divisions import VILLAGE
from intake.places import Match


@dataclass(frozen=True, slots=True)
class Place(Typed):
    """A village of the area served, under the division ``within`` if given; the value is its 12-digit code."""

    kind: ClassVar[str] = "place"
    within: str = ""

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The village. A name that fits several, or is only nearly right, gives those to pick from; a township alone
        asks for the village; a QR code's scene or a tapped code is taken if it is a village here."""
        if sent.kind is Kind.SCENE:
            code = given.places.village_of_scene(sent.text)
            return Value(code) if code and self.check(given, code) else Miss("answer.place.scene")
        if sent.kind is Kind.CHOICE and self.check(given, sent.text):
            return Value(sent.text)
        text = words(sent)
        if isinstance(text, Miss):
            return text
        found = given.places.find(text, within=self.within)
        if len(found) == 1 and found[0].exact and len(found[0].code) == 12:
            return Value(found[0].code)
        villages = tuple((match.code, match.label) for match in found if len(match.code) == 12)
        area = next((match for match in found if len(match.code) < 12), None)
        if area:
            return self._ask_for_village(given, area, villages)
        if not villages:
            return Miss("answer.place.unknown")
        return Several("answer.place.nearly" if len(villages) == 1 else "answer.place.which", villages)

    def show(self, given: Given, value: Any) -> str:
        """Township and village."""
        return given.places.label(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is the code of a village here."""
        row = given.places.get(value) if isinstance(value, str) else None
        return row is not None and row.level == VILLAGE and row.code.startswith(self.within)

    def _ask_for_village(self, given: Given, area: Match, villages: tuple[tuple[str, str], ...]) -> Parsed:
        inside = given.places.villages(area.code)
        told = {"area": area.label, "count": len(inside), "example": given.places.label(inside[0].code)}
        if villages:
            return Several("answer.place.area_or_village", villages, told)
        return Miss("answer.place.area", told)
