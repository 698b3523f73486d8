"""The demo's house, furnished so that no page is empty, and where in it everything stands."""

from sqlalchemy import func, select, update

from intake.models import (
    Batch,
    Case,
    Discovery,
    Fund,
    Grant,
    Handover,
    Need,
    Notice,
    Objection,
    Referral,
    Report,
    Staff,
    Visit,
)
from intake.procedure import Pass, State
from tests.house.town import Town


async def furnish(town: Town) -> None:
    """What the demo's story leaves out: all its village officials may sign in."""
    async with town.house.database.write() as db:
        known = select(Staff.password_hash).where(Staff.username == "cun").scalar_subquery()
        await db.execute(update(Staff).where(Staff.username.startswith("cun.")).values(password_hash=known))


async def landmarks(town: Town) -> dict[str, str]:
    """Villages and cases of the demo's story by how far they have come: ``grant_applied`` is a village where some wait
    for the second review, ``need_posted`` one with a running notice, ``need_notice`` that notice; and the newest of
    everything else."""
    found: dict[str, str] = {}
    async with town.house.database.read() as db:
        for pass_, stage in ((Pass.NEED, Need), (Pass.GRANT, Grant)):
            cases = select(Case.village).join(stage, stage.case_id == Case.id)
            for state in (State.APPLIED, State.REVIEWED):
                first = await db.scalars(cases.where(stage.state == state.value).order_by(Case.id).limit(1))
                found[f"{pass_.value}_{state.value}"] = first.one()
            disputed = select(Notice).join(Objection).where(Notice.pass_ == pass_.value, Objection.settled_at.is_(None))
            notice = (await db.scalars(disputed)).one()
            found |= {f"{pass_.value}_notice": str(notice.id), f"{pass_.value}_posted": notice.village}
        for digits, name in ((9, "batch"), (12, "register")):
            newest = select(Batch).where(func.length(Batch.division) == digits).order_by(Batch.id.desc()).limit(1)
            frozen = (await db.scalars(newest)).one()
            found |= {name: str(frozen.id), f"{name}_of": frozen.division}
        for state in (State.PAID, State.ACCEPTED):
            granted = select(Grant.case_id).where(Grant.state == state.value).order_by(Grant.case_id).limit(1)
            found[f"{state.value}_case"] = str((await db.scalars(granted)).one())
        first = await db.scalars(select(Fund.id).where(Fund.passed_from.is_(None)).order_by(Fund.recorded_at).limit(1))
        found["fund"] = str(first.one())
        for table in (Handover, Report, Visit, Discovery, Referral):
            newest = await db.scalars(select(table.id).order_by(table.id.desc()).limit(1))
            found[table.__tablename__] = str(newest.one())
    return found
