"""Where a paper is from, and which cases it may show."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, OutOfAreaError, access_division, within
from intake.models import Case, Division, Grant, Handout, Payment
from intake.papers.words import Place
from intake.procedure import State
from intake.reads.seasons import current_scheme
from intake.scheme import SchemeContent
from locales import Texts

LEVELS = {6: "county", 9: "township", 12: "village"}
"""What a division is by the digits of its code."""

GRANTED = (State.ACCEPTED.value, State.PAID.value)
"""A grant that the county approved."""

MONEY = func.coalesce(Payment.amount_fen, Grant.amount_fen, 0)
"""What a grant comes to, in fen: what was paid, else what was approved. Forms 2 and 4 both count by it."""

GOODS = (
    select(func.coalesce(func.sum(Handout.worth_fen), 0))
    .where(Handout.case_id == Grant.case_id)
    .correlate(Grant)
    .scalar_subquery()
)
"""What the goods are worth that the household of a grant was handed, in fen, without what was taken back."""


@dataclass(frozen=True, slots=True)
class Area:
    """A division of an official's area in one season of the county. ``names`` are those of the county, the township
    and the village, as far as the division reaches."""

    official: Official
    code: str
    level: str
    names: tuple[str, ...]
    place: Place
    scheme_id: int
    scheme: SchemeContent

    @property
    def name(self) -> str:
        """The division with the township above it, without the county where there is one below."""
        return "".join(self.names[1:]) or self.names[0]

    @property
    def cases(self) -> ColumnElement[bool]:
        """The condition that keeps cases inside the official's area, this division and this season."""
        inside = Case.village.startswith(self.code, autoescape=True)
        return and_(Case.scheme_id == self.scheme_id, inside, within(self.official, Case.village))


async def open_area(db: AsyncSession, t: Texts, official: Official, code: str, season: str = "") -> Area:
    """The area behind a division's code, in the newest season or an earlier one.

    Raises:
        OutOfAreaError: no such division in the official's area, or no season in its county.
    """
    division = await access_division(db, official, code)
    found = await current_scheme(db, official, season)
    if found is None or len(code) not in LEVELS:
        raise OutOfAreaError
    above = [await db.get_one(Division, code[:digits]) for digits in LEVELS if digits < len(code)]
    chain: Sequence[Division] = (*above, division)
    shorts = [one.short.removesuffix(t("papers.village.end")) or one.short for one in chain]
    return Area(
        official,
        code,
        LEVELS[len(code)],
        tuple(one.name for one in chain),
        Place(*shorts),
        found[0].id,
        found[1],
    )
