"""Households whose grants the county has accepted, without the road there."""

from datetime import timedelta

from sqlalchemy import insert, update

from intake.models import Grant, Need
from intake.procedure import State
from tests.paying import give
from tests.world import World, file_case


async def accepted(world: World, *amounts_fen: int, cards: bool = True, village: str = "") -> list[int]:
    """One household for each amount, with a card of its own."""
    made = []
    for number, amount in enumerate(amounts_fen):
        changes = {"village": village} if village else {}
        case_id = await file_case(world, **changes)
        at = world.clock.now() - timedelta(days=1)
        async with world.database.write() as db:
            moved = update(Need).where(Need.case_id == case_id)
            await db.execute(moved.values(state=State.ACCEPTED.value, accepted=True, changed_at=at))
            await db.execute(
                insert(Grant).values(
                    case_id=case_id,
                    need_accepted=True,
                    state=State.ACCEPTED.value,
                    tier="heavier",
                    amount_fen=amount,
                    revision=1,
                    changed_at=at,
                )
            )
        if cards:
            await give(world, case_id, f"6217{world.filed:05d}00000{number:05d}")
        made.append(case_id)
    return made
