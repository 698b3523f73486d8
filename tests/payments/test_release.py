"""Two people release a list, and it is verified every time (G4, L12)."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import LargeBinary, delete, func, insert, literal, select, type_coerce, update

from intake.access import OutOfAreaError
from intake.county import add_official
from intake.events import Journal
from intake.finding import index_of
from intake.models import EventRow, Grant, PaymentLine, PaymentList, PaymentRelease
from intake.moves import RefusedError
from intake.payments.digest import Canonical
from intake.payments.releasing import release
from intake.payments.sending import note_sent, released_list
from intake.payments.verifying import UnsoundError, known_lines, verify_list
from intake.procedure import Role
from store.cipher import keyring
from store.clock import FixedClock
from store.database import Database
from tests.paying import make, release_list
from tests.payments.accepted import accepted
from tests.world import PASSWORD_HASH, World, make_world


async def state(world: World, made: PaymentList) -> tuple[str, int]:
    """Where a list stands, and how many have released it."""
    async with world.database.read() as db:
        count = await db.scalar(select(func.count()).select_from(PaymentRelease))
        return (await db.get_one(PaymentList, made.id)).state, count or 0


async def test_L12_a_list_needs_two_different_people(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    (made,) = await make(world)
    with pytest.raises(RefusedError, match="file_made"):
        async with database.read() as db:
            await released_list(db, world.zhen, made.id)
    await release_list(world, made, world.zhen)
    assert await state(world, made) == ("made", 1)
    with pytest.raises(RefusedError, match="released_before"):
        await release_list(world, made, world.zhen)
    await release_list(world, made, world.xian)
    assert await state(world, made) == ("released", 2)
    async with world.units.begin() as unit:
        third = await add_official(
            unit.db,
            Journal(),
            unit.now,
            username="zhen2",
            name="zhen2",
            role=Role.TOWNSHIP,
            division=world.village[:9],
            password_hash=PASSWORD_HASH,
        )
    with pytest.raises(RefusedError, match="release_released"):
        await release_list(world, made, third)
    async with database.read() as db:
        assert (await released_list(db, world.zhen, made.id)).number == made.number


async def test_an_old_page_releases_nothing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    (made,) = await make(world)
    with pytest.raises(RefusedError, match="stale"):
        async with world.units.begin() as unit:
            await release(unit, world.zhen, made.id, "00" * 32)
    assert await state(world, made) == ("made", 0)


async def test_another_township_does_not_even_see_it(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00, village=world.far_village)
    (made,) = await make(world, world.xian, world.far_village[:9])
    with pytest.raises(OutOfAreaError):
        await release_list(world, made, world.zhen)


async def test_two_releases_by_one_person_at_once_have_one_effect(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    (made,) = await make(world)
    tries = await asyncio.gather(*(release_list(world, made, world.zhen) for _ in range(4)), return_exceptions=True)
    assert sum(one is None for one in tries) == 1
    assert await state(world, made) == ("made", 1)


async def test_200_tries_of_many_people_at_once_release_it_by_two(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    (made,) = await make(world)
    people = [world.zhen, world.xian]
    for number in range(6):
        async with world.units.begin() as unit:
            people.append(
                await add_official(
                    unit.db,
                    Journal(),
                    unit.now,
                    username=f"more{number}",
                    name=f"more{number}",
                    role=Role.TOWNSHIP,
                    division=world.village[:9],
                    password_hash=PASSWORD_HASH,
                )
            )
    for _ in range(25):
        tries = await asyncio.gather(*(release_list(world, made, one) for one in people), return_exceptions=True)
        assert all(one is None or isinstance(one, RefusedError) for one in tries)
    assert await state(world, made) == ("released", 2)
    async with database.read() as db:
        told = await db.scalar(select(func.count()).where(EventRow.kind == "payment.released"))
    assert told == 2


async def change(world: World, made: PaymentList, what: str, cases: list[int]) -> None:
    """Somebody with a hand in the database changes a list."""
    at = PaymentLine.list_id == made.id
    async with world.database.write() as db:
        match what:
            case "amount" | "amount and digest":
                (line,) = await db.scalars(select(PaymentLine).where(at, PaymentLine.position == 2))
                line.amount_fen += 100_00
                if what == "amount and digest":
                    index = index_of(line.card)
                    line.digest = Canonical(made.id, 2, line.case_id, line.head, index, line.amount_fen, None).digest
            case "card":
                await db.execute(
                    update(PaymentLine).where(at, PaymentLine.position == 2).values(card="6217999999999999")
                )
            case "card's bytes":
                sealed = bytearray(keyring().seal("payment_line.card", b"6217000000000000"))
                sealed[-1] ^= 1
                value: Any = type_coerce(literal(bytes(sealed), LargeBinary), LargeBinary)
                await db.execute(update(PaymentLine).where(at, PaymentLine.position == 2).values(card=value))
            case "gone":
                await db.execute(delete(PaymentLine).where(at, PaymentLine.position == 2))
            case "order":
                for position, new in ((1, 99), (2, 1), (99, 2)):
                    await db.execute(
                        update(PaymentLine).where(at, PaymentLine.position == position).values(position=new)
                    )
            case "added":
                (extra,) = await accepted_inside(db, cases)
                await db.execute(insert(PaymentLine).values(extra | {"list_id": made.id, "position": 4}))
            case "total":
                await db.execute(
                    update(PaymentList).where(PaymentList.id == made.id).values(total_fen=made.total_fen + 1)
                )
            case "grant's amount":
                await db.execute(update(Grant).where(Grant.case_id == cases[1]).values(amount_fen=1_00))
            case "grant's state":
                await db.execute(update(Grant).where(Grant.case_id == cases[1]).values(state="applied"))


async def accepted_inside(db: Any, cases: list[int]) -> list[dict[str, Any]]:
    """A line for the last of the cases, which is not on the list."""
    card = "6217111111111111"
    return [
        {
            "id": 7,
            "case_id": cases[-1],
            "head": "-",
            "card": card,
            "card_index": index_of(card),
            "amount_fen": 1_00,
            "digest": b"7" * 32,
            "outcome": "waiting",
        }
    ]


@pytest.mark.parametrize(
    ("what", "found", "named"),
    [
        ("amount", "changed", True),
        ("amount and digest", "changed", True),
        ("card", "changed", True),
        ("card's bytes", "changed", True),
        ("gone", "gone", False),
        ("order", "changed", True),
        ("added", "added", False),
        ("total", "list", False),
        ("grant's amount", "amount", True),
        ("grant's state", "state", True),
    ],
)
async def test_G4_a_list_that_was_changed_is_released_by_nobody(
    database: Database, clock: FixedClock, what: str, found: str, named: bool
) -> None:
    world = await make_world(database, clock)
    cases = await accepted(world, 100_00, 200_00, 300_00)
    (made,) = await make(world)
    cases += await accepted(world, 400_00, cards=False)
    await release_list(world, made, world.zhen)
    await change(world, made, what, cases)
    with pytest.raises(UnsoundError) as told:
        await release_list(world, made, world.xian)
    assert found in {one.what for one in told.value.differences}
    assert await state(world, made) == ("made", 1)
    if named:
        async with database.read() as db:
            numbers = {one.number for one in told.value.differences}
            assert any(number.startswith("410324-2022-0") for number in numbers)
            assert await db.get_one(PaymentList, made.id)


async def test_a_list_as_it_was_made_is_sound(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 100_00, 200_00)
    (made,) = await make(world)
    async with database.read() as db:
        await verify_list(db, await db.get_one(PaymentList, made.id), await known_lines(db, made.id))


async def test_the_file_is_sent_once_and_every_download_is_written_down(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 100_00)
    (made,) = await make(world)
    await release_list(world, made)
    for _ in range(2):
        async with world.units.begin() as unit:
            await note_sent(unit, world.zhen, made.id, b"file")
    assert (await state(world, made))[0] == "sent"
    async with database.read() as db:
        rows = list(await db.scalars(select(EventRow).where(EventRow.kind == "payment.sent")))
    assert [row.actor for row in rows] == [world.zhen.actor] * 2
    assert all(set(row.data) == {"hash", "lines", "file"} for row in rows)
