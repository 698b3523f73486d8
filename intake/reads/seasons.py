"""The season that officials work in, and the tables of its two passes."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.models import Grant, Need, Scheme
from intake.moves import scheme_of
from intake.procedure import Pass
from intake.scheme import SchemeContent


def stage_of(pass_: Pass) -> type[Need] | type[Grant]:
    """The table of a pass."""
    return Need if pass_ is Pass.NEED else Grant


async def current_scheme(db: AsyncSession, official: Official, season: str = "") -> tuple[Scheme, SchemeContent] | None:
    """The newest season's scheme of the official's county, or that of an earlier ``season``; None where there is
    none."""
    if official.division is None:
        return None
    query = select(Scheme.id).where(Scheme.county == official.division[:6]).order_by(Scheme.season.desc()).limit(1)
    if season:
        query = query.where(Scheme.season == season)
    scheme_id = await db.scalar(query)
    return None if scheme_id is None else await scheme_of(db, scheme_id)
