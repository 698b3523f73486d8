"""What the talks know of the world outside: places, the season's disasters, telephone numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answers.base import Given
from intake.places import Places
from locales import Texts


@dataclass(frozen=True, slots=True)
class County:
    """What one county's scheme says: the season's ``disasters``, the complaint ``hotline``, the telephone of a
    ``person`` who helps, and whether applications are taken today."""

    disasters: tuple[str, ...]
    hotline: str
    person: str
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """Loaded by the host, and again when a scheme changes. ``counties`` has every county with a scheme by its code;
    ``hotline`` and ``person`` are for someone whose county is not known yet, or has none; ``site`` is the address of
    our web pages."""

    places: Places
    counties: Mapping[str, County]
    hotline: str
    person: str
    site: str = ""

    def given(self, texts: Texts, today: date, village: str | None = None) -> Given:
        """What an answer may look at, for someone of ``village`` where that is known."""
        county = self.counties.get(village[:6]) if village else None
        return Given(
            texts=texts,
            today=today,
            places=self.places,
            disasters=county.disasters if county else self._all_disasters(),
            hotline=county.hotline if county else self.hotline,
            person=county.person if county else self.person,
            is_open=any(county.is_open for county in self.counties.values()),
            site=self.site,
        )

    def _all_disasters(self) -> tuple[str, ...]:
        """The season's disasters in any county that is open."""
        hit = (county.disasters for county in self.counties.values() if county.is_open)
        return tuple(dict.fromkeys(code for codes in hit for code in codes))
