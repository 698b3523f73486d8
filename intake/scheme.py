"""A scheme's content: the rules of one county and one season, as data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class SchemeContent:
    """What a county decided for a season.

    ``tiers`` maps a tier's code to fen per person in need, lowest first (L4); ``per_person_floor_fen``,
    ``per_person_cap_fen`` and ``household_cap_fen`` bound every amount (L4, L6); ``affected`` maps the code of a
    division that was hit (village, township or county) to its disasters (L1); ``notice_days`` are calendar days
    (L8); ``equal_shares_from`` is the number of households in one village's list from which equal amounts per
    person or per household are refused as equal shares (L6); ``families`` maps a category of form 1 to a family type
    of forms 3 and 4, the county's own choice, first match wins; ``hotline`` takes complaints; ``appeal_days`` are the
    calendar days in which a refused household may appeal (G5), the county's own choice.
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
    appeal_days: int = 15

    def is_open(self, today: date) -> bool:
        """Whether applications are taken today."""
        return self.opens_on <= today <= self.closes_on

    def disasters_of(self, village: str) -> tuple[str, ...]:
        """The disasters that hit a village this season, by itself or through its township or county (L1)."""
        hit = (self.affected.get(village[:length], ()) for length in (12, 9, 6))
        return tuple(dict.fromkeys(code for codes in hit for code in codes))

    def all_disasters(self) -> tuple[str, ...]:
        """The season's disasters anywhere in the county, in the order the scheme names them."""
        return tuple(dict.fromkeys(code for codes in self.affected.values() for code in codes))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; the inverse of :meth:`from_json`."""
        body = asdict(self)
        for key in ("opens_on", "closes_on", "pay_before"):
            body[key] = body[key].isoformat()
        body["affected"] = {code: list(disasters) for code, disasters in self.affected.items()}
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "SchemeContent":
        """Read what :meth:`to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: a field is missing or malformed.
        """
        dates = {key: date.fromisoformat(body[key]) for key in ("opens_on", "closes_on", "pay_before")}
        affected = {code: tuple(disasters) for code, disasters in body["affected"].items()}
        return cls(**{**body, **dates, "affected": affected})
