"""What the talks know of the world outside: places, the season's disasters, telephone numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answers.base import Given
from intake.places import Places
from locales import Texts


@dataclass(frozen=True, slots=True)
class World:
    """Loaded by the host, and again when a scheme changes. ``hotline`` and ``person`` are for someone whose county is
    not known yet; ``counties`` has the disasters of each county with an open scheme."""

    places: Places
    counties: Mapping[str, tuple[str, ...]]
    hotline: str
    person: str

    def given(self, texts: Texts, today: date, village: str | None = None) -> Given:
        """What an answer may look at, for someone of ``village`` where that is known."""
        return Given(
            texts=texts,
            today=today,
            places=self.places,
            disasters=self.disasters(village),
            hotline=self.hotline,
            person=self.person,
            is_open=bool(self.counties),
        )

    def disasters(self, village: str | None) -> tuple[str, ...]:
        """The disasters of the season: of the village's county, or of all counties."""
        if village and village[:6] in self.counties:
            return self.counties[village[:6]]
        return tuple(dict.fromkeys(code for codes in self.counties.values() for code in codes))
