"""Households from before they could be found by initials, ID tail and phone tail, or compared by card, phone and name,
are made findable, once."""

from sqlalchemy import bindparam, or_, select, update

from intake.finding import card_index, id_tail_index, initials, name_index, phone_index, phone_tail_index
from intake.models import Household
from store.database import Database

BATCH = 1000
"""Rows of one transaction: officials who are at work wait for no more."""

_MISSING = (
    select(Household.id, Household.head, Household.id_number, Household.phone, Household.bank_card)
    .where(or_(Household.id_tail_index.is_(None), Household.head_index.is_(None)))
    .order_by(Household.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)
_FILL = (
    update(Household)
    .where(Household.id == bindparam("household"))
    .values(
        initials=bindparam("letters"),
        id_tail_index=bindparam("id_tail"),
        phone_tail_index=bindparam("phone_tail"),
        phone_index=bindparam("whole_phone"),
        card_index=bindparam("card"),
        head_index=bindparam("called"),
    )
)


async def make_findable(database: Database) -> int:
    """Fill in what is missing, batch by batch; how many households it was. What is filled in stays, so that it may be
    stopped and begun again, and a second time does nothing."""
    filled = 0
    while True:
        async with database.connect() as connection:
            rows = (await connection.execute(_MISSING)).all()
            if not rows:
                return filled
            await connection.execute(
                _FILL,
                [
                    {
                        "household": row.id,
                        "letters": initials(row.head),
                        "id_tail": id_tail_index(row.id_number),
                        "phone_tail": phone_tail_index(row.phone),
                        "whole_phone": phone_index(row.phone),
                        "card": card_index(row.bank_card),
                        "called": name_index(row.head),
                    }
                    for row in rows
                ],
            )
        filled += len(rows)
