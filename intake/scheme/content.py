"""A scheme's content: what a county decided for a season."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intake.scheme.banks import Bank, usual
from intake.scheme.file import read_fields, written
from intake.scheme.groups import was_hit
from intake.scheme.parts import BANK_CARD, BudgetLine, Dates, Quorum, Raises
from intake.workdays import CALENDAR, DayTable


@dataclass(frozen=True, slots=True)
class SchemeContent:
    """What a county decided for a season.

    ``tiers`` maps a tier's code to fen per person in need, lowest first (L4); ``per_person_floor_fen``,
    ``per_person_cap_fen`` and ``household_cap_fen`` bound every amount (L4, L6), ``raises`` says how far a specially
    hard-hit household may go beyond (L5). ``affected`` maps the code of a division that was hit (village, township or
    county) to its disasters, and ``groups`` a village of which only some groups were hit to those (L1).
    ``notice_days`` are days of ``notice_kind`` (L8), working days by the library and the county's own table ``days``.
    ``equal_shares_from`` is the number of households in one village's list from which equal amounts per person or per
    household are refused as equal shares (L6); ``families`` maps a category of form 1 to a family type of forms 3
    and 4, the county's own choice, first match wins. ``payment_forms`` are those that are allowed, cash by default not
    (L2); ``budget`` is what the season was given; ``dates`` are its calendar (L11), of which ``pay_before`` is the day
    before which all money is out. ``quorum`` is what a review meeting needs (L7), ``simplified`` the categories of
    form 1 that may go without its vote (X5). ``hotline`` takes complaints. ``appeal_days`` are the calendar days in
    which a refused household may appeal (G5), the county's own choice. ``statistics_columns`` are
    headings that the county adds to the statistics. ``banks`` are those that pay to cards, with the form of their
    files; none is the usual one.
    """

    title: str
    document: str
    opens_on: date
    closes_on: date
    pay_before: date
    tiers: Mapping[str, int]
    per_person_floor_fen: int
    per_person_cap_fen: int
    household_cap_fen: int
    affected: Mapping[str, tuple[str, ...]]
    notice_days: int
    notice_amounts: bool
    equal_shares_from: int
    families: Mapping[str, str]
    hotline: str
    contact_phone: str
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notice_kind: str = CALENDAR
    payment_forms: tuple[str, ...] = (BANK_CARD,)
    raises: Raises = field(default_factory=Raises)
    quorum: Quorum = field(default_factory=Quorum)
    simplified: tuple[str, ...] = ()
    dates: Dates = field(default_factory=Dates)
    days: DayTable = field(default_factory=DayTable)
    budget: tuple[BudgetLine, ...] = ()
    appeal_days: int = 15
    statistics_columns: tuple[str, ...] = ()
    banks: tuple[Bank, ...] = ()

    def is_open(self, today: date) -> bool:
        """Whether applications are taken today."""
        return self.opens_on <= today <= self.closes_on

    def disasters_of(self, village: str) -> tuple[str, ...]:
        """The disasters that hit a village this season, by itself or through its township or county (L1)."""
        hit = (self.affected.get(village[:length], ()) for length in (12, 9, 6))
        return tuple(dict.fromkeys(code for codes in hit for code in codes))

    def group_was_hit(self, village: str, group: str) -> bool | None:
        """Whether a group of a village that was hit was hit itself (L1); None where its name does not tell."""
        return was_hit(group, self.groups.get(village, ()))

    def all_disasters(self) -> tuple[str, ...]:
        """The season's disasters anywhere in the county, in the order the scheme names them."""
        return tuple(dict.fromkeys(code for codes in self.affected.values() for code in codes))

    def paying_banks(self) -> tuple[Bank, ...]:
        """The banks that lists are made for; where the county names none, one with a plain workbook for every card."""
        return self.banks or (usual(),)

    def places(self) -> frozenset[str]:
        """The codes of all divisions that it names."""
        return frozenset({*self.affected, *self.groups})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; the inverse of :meth:`from_json`."""
        return written(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "SchemeContent":
        """Read what :meth:`to_json` wrote, today or in an earlier release.

        Raises:
            KeyError, TypeError, ValueError: a field is missing or malformed.
        """
        return cls(**read_fields(body))
