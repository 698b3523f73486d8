"""A notice as it was posted, for the wall: what anybody may read, and nothing beside it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official, access_one
from intake.models import Division, Notice
from intake.moves import scheme_of
from intake.papers.poster import Posted, Poster
from intake.papers.qr import Code
from intake.posted_lines import posted_lines
from intake.reads.place_names import place_names
from locales import Texts
from store.clock import CHINA


@dataclass(frozen=True, slots=True)
class Codes:
    """Where the poster's codes lead: to the notices of the village, and to where irregularities are told."""

    public: Code
    report: Code


async def poster_facts(db: AsyncSession, t: Texts, official: Official, notice_id: int, codes: Codes) -> Poster:
    """One notice of the official's area, without the households that withdrew.

    Raises:
        OutOfAreaError: no such notice there.
    """
    notice = await access_one(db, official, Notice, notice_id)
    village = await db.get_one(Division, notice.village)
    names = await place_names(db, [notice.village])
    _scheme, content = await scheme_of(db, notice.scheme_id)
    lines = [line.facts for line in (await posted_lines(db, [notice]))[notice.id] if line.withdrawn_at is None]
    return Poster(
        place=names[notice.village],
        village=village.short.removesuffix(t("papers.village.end")) or village.short,
        pass_=notice.pass_,
        scheme=content.title,
        document=content.document,
        opens_at=notice.opens_at.astimezone(CHINA),
        closes_at=notice.closes_at.astimezone(CHINA),
        days=content.notice_days,
        hotline=notice.complaint_phone,
        tiers=tuple(content.tiers.items()),
        household_cap_fen=content.household_cap_fen,
        lines=[Posted(facts["head"], facts["persons"], facts["reliefs"], facts.get("amount_fen")) for facts in lines],
        public=codes.public,
        report=codes.report,
    )
