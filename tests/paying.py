"""Paying as officials do: a list is made, two people release it, and what the bank did is written down."""

from datetime import date

from sqlalchemy import select

from intake.access import Official
from intake.models import Case, Household, PaymentLine, PaymentList
from intake.payments.making import make_lists
from intake.payments.releasing import release
from intake.payments.settling import settle_by_hand
from store.clock import china_date
from tests.world import World

CARD = "6217000000000000004"


async def give(world: World, case_id: int, card: str | None = CARD) -> None:
    """The household's card is on file."""
    async with world.database.write() as db:
        household = await db.get_one(Household, (await db.get_one(Case, case_id)).household_id)
        household.bank_card, household.card_holder = card, household.head if card else None


async def make(world: World, official: Official | None = None, division: str = "") -> list[PaymentList]:
    """The township puts everybody on lists who can be paid."""
    official = official or world.zhen
    async with world.units.begin() as unit:
        return await make_lists(unit, official, world.scheme_id, division or str(official.division))


async def release_list(world: World, made: PaymentList, *people: Official) -> None:
    """Two people release it: the township and the county, where nobody is named."""
    for official in people or (world.zhen, world.xian):
        async with world.units.begin() as unit:
            await release(unit, official, made.id, made.hash.hex())


async def lines_of(world: World, list_id: int) -> list[PaymentLine]:
    """The lines of a list in their order."""
    async with world.database.read() as db:
        query = select(PaymentLine).where(PaymentLine.list_id == list_id).order_by(PaymentLine.position)
        return list(await db.scalars(query))


async def released(world: World, *cases: int) -> PaymentList:
    """These households get a card each and stand on a released list."""
    for number, case_id in enumerate(cases):
        await give(world, case_id, f"62170000000000{number:05d}")
    (made,) = await make(world)
    await release_list(world, made)
    return made


async def pay_case(world: World, case_id: int, card: str = CARD, paid_on: date | None = None) -> None:
    """A household is paid: by a list that was made, released by two and settled by the township."""
    await give(world, case_id, card)
    made = await make(world)
    for one in made:
        await release_list(world, one)
        line = next((line for line in await lines_of(world, one.id) if line.case_id == case_id), None)
        if line is not None:
            async with world.units.begin() as unit:
                day = paid_on or china_date(unit.now)
                await settle_by_hand(unit, world.zhen, one.id, [line.id], {}, day)
