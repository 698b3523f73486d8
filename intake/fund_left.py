"""What is left of funds: their own rows and counter entries, less what was passed on and handed out of them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from intake.ledger.left import Left
from intake.models import Fund, Handout


async def left_of(db: AsyncSession, fund_ids: Collection[int]) -> dict[int, Left]:
    """What is left of each of these funds (rows that are no counter entries), in one statement. Whoever goes on to
    take some of it holds the fund's row (:func:`lock_funds`)."""
    ids = list(fund_ids)
    own = func.coalesce(Fund.counters, Fund.id).label("fund")
    parts = union_all(
        select(own, Fund.quantity, Fund.worth_fen).where(Fund.id.in_(ids) | Fund.counters.in_(ids)),
        select(Fund.passed_from, -Fund.quantity, -Fund.worth_fen).where(Fund.passed_from.in_(ids)),
        select(Handout.fund_id, -Handout.quantity, -Handout.worth_fen).where(Handout.fund_id.in_(ids)),
    ).subquery()
    fund, quantity, fen = parts.c
    rows: Any = await db.execute(select(fund, func.sum(quantity), func.sum(fen)).group_by(fund))
    found = {key: Left(int(pieces), int(worth)) for key, pieces, worth in rows}
    return {key: found.get(key, Left()) for key in ids}


async def lock_funds(db: AsyncSession, fund_ids: Collection[int]) -> dict[int, Fund]:
    """These funds, locked in the order of their ids until the transaction ends, so that two officials never take more
    than there is; ids that are none, and counter entries, are left out."""
    rows = await db.scalars(
        select(Fund)
        .where(Fund.id.in_(fund_ids), Fund.counters.is_(None))
        .order_by(Fund.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}
