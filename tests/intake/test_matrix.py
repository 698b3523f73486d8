"""Every row of the table by every role from everywhere: own division, another, the one above, none."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import PREFIX, Official
from intake.events import Journal
from intake.models import Grant, Need, PaymentLine, PaymentList, PaymentRelease
from intake.moves import RefusedError, Said, move_cases
from intake.procedure import OFFICIALS, TABLE, Action, Pass, Role, State, Transition
from store.clock import FixedClock
from store.database import Database
from tests.world import World, days, file_case, make_world

AREAS = ("own", "other", "above", "none")
OTHER = {12: "410324103999", 9: "410324999", 6: "120111"}


def _division(world: World, role: Role, area: str) -> str | None:
    length = PREFIX.get(role, 6)
    return {
        "own": world.village[:length],
        "other": OTHER[length],
        "above": world.village[: {12: 9, 9: 6, 6: 2}[length]],
        "none": None,
    }[area]


def _said(world: World, row: Transition) -> Said:
    now = world.clock.now()
    ends = now - days(1) if row.action is Action.CLOSE_NOTICE else now + days(1)
    against = row.action is Action.REFUSE_REVIEW
    return Said(
        row.action,
        reason="写清楚",
        votes_for=0 if against else 9,
        present=9,
        tier="heavier",
        amount_fen=600_00,
        notice_closes_at=ends,
        bank_card="6217000000000000",
        paid_on=now.date(),
    )


async def _stand(db: AsyncSession, case_id: int, row: Transition, world: World) -> None:
    now = world.clock.now()
    need = {"state": row.state.value, "accepted": row.state is State.ACCEPTED, "changed_at": now}
    if row.pass_ is Pass.GRANT:
        need = {"state": State.ACCEPTED.value, "accepted": True, "changed_at": now}
    await db.execute(update(Need).where(Need.case_id == case_id).values(**need))
    if row.pass_ is Pass.GRANT:
        db.add(Grant(case_id=case_id, state=row.state.value, amount_fen=600_00, tier="heavier", changed_at=now))
        await db.flush()
    if row.action is Action.PAY:
        await _released(db, case_id, world)


async def _released(db: AsyncSession, case_id: int, world: World) -> None:
    """The case stands on a list that two people released."""
    now, people = world.clock.now(), (world.zhen, world.xian)
    about = {
        "scheme_id": world.scheme_id,
        "scheme_version": 1,
        "division": world.village[:9],
        "bank": "b",
        "template": {},
    }
    about |= {
        "lines": 1,
        "total_fen": 600_00,
        "hash": b"",
        "state": "released",
        "made_by": world.zhen.id,
        "made_at": now,
    }
    db.add(PaymentList(id=1, number="F1", source="", **about))
    await db.flush()
    line = {"position": 1, "case_id": case_id, "head": "-", "card": "-", "card_index": b"", "digest": b""}
    db.add(PaymentLine(id=1, list_id=1, amount_fen=600_00, outcome="waiting", **line))
    db.add_all(PaymentRelease(list_id=1, staff_id=one.id, nth=nth, at=now) for nth, one in enumerate(people, 1))
    await db.flush()


@pytest.mark.parametrize("pass_", Pass)
async def test_nobody_moves_what_is_not_theirs_to_move(database: Database, clock: FixedClock, pass_: Pass) -> None:
    world = await make_world(database, clock, simplified=("destitute",))
    case_id = await file_case(world, categories=["destitute"])
    tried = moved = 0
    async with database.write() as db:
        for row in (row for row in TABLE if row.pass_ is pass_):
            async with db.begin_nested() as standing:
                await _stand(db, case_id, row, world)
                for role in sorted(OFFICIALS):
                    for area in AREAS:
                        tried += 1
                        who = replace(world.xian, role=role, division=_division(world, role, area))
                        may = row.allows(role) and area == "own"
                        assert await _moves(db, who, world, row, case_id) is may, (row, role, area)
                        moved += may
                await standing.rollback()
    assert tried == len(OFFICIALS) * len(AREAS) * sum(row.pass_ is pass_ for row in TABLE)
    assert moved == sum(len(OFFICIALS & {row.role, row.also}) for row in TABLE if row.pass_ is pass_)


async def _moves(db: AsyncSession, who: Official, world: World, row: Transition, case_id: int) -> bool:
    async with db.begin_nested() as trial:
        try:
            said = {case_id: _said(world, row)}
            await move_cases(db, Journal(), who, world.clock.now(), row.pass_, said)
        except RefusedError:
            return False
        finally:
            await trial.rollback()
            db.expire_all()
    return True
