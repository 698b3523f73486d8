"""Goods handed out: to those who were found in need, signed for, never more than there is; and taken back."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from intake.access import OutOfAreaError
from intake.fund_left import left_of
from intake.handouts import SIGNATURE, Giving, hand_out, take_back_handout
from intake.ledger.guards import NotBookedError
from intake.ledger.left import Left
from intake.models import Attachment, EventRow, Grant, Handout, Scheme
from intake.procedure import State
from intake.reads.handouts import goods_of, handed_to
from notifications.listener import Notifier
from notifications.models import Message
from notifications.render import render
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.intake.booking import SIGNED, granted, handed, money, passed, quilts
from tests.notifications.steps import Orders
from tests.world import World, file_case, make_world


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock, [Notifier(Orders()).listen])


async def test_L10_a_household_signs_for_goods_and_is_told(world: World) -> None:
    came = await quilts(world, 10, 1000_00)
    here = await passed(world, came, 3)
    case = await granted(world)
    (row,) = await handed(world, case, {here.id: 2}, received_by="王小明", relation="family")
    assert (row.quantity, row.worth_fen, row.relation) == (2, 200_00, "family")
    async with world.database.read() as db:
        assert (await left_of(db, [here.id]))[here.id] == Left(1, 100_00)
        proof = (await db.scalars(select(Attachment).where(Attachment.subject == f"handout:{row.act}"))).one()
        assert (proof.channel, proof.state, proof.contact_id) == (SIGNATURE, "kept", None)
        event = (await db.scalars(select(EventRow).where(EventRow.kind == "goods.given"))).one()
        assert "王" not in str(event.data) and event.data["lines"][0]["quantity"] == 2
        stored = await db.scalar(text("SELECT received_by FROM handout"))
        assert "王小明".encode() not in bytes(stored)
        message = (await db.scalars(select(Message).where(Message.kind == "goods.given"))).one()
        told = render("zh_Hans_CN", message.template, message.params)
        assert "棉被2床" in told and "2022年11月1日" in told and "66789599" in told
        assert "王小明" not in told
        assert await goods_of(db, [case]) == {case: "棉被2床"}
        (seen,), files = await handed_to(db, world.zhen, case)
        assert seen.received_by == "王**" and files[0].act == row.act
        (opened,), _ = await handed_to(db, world.zhen, case, opened=True)
        assert opened.received_by == "王小明"


@pytest.mark.parametrize("state", [State.APPLIED, State.ON_NOTICE, State.AUDITED, State.CUT, State.REFUSED])
async def test_L11_goods_go_only_to_whom_the_county_named(world: World, state: State) -> None:
    here = await quilts(world, 3, 300_00, world.zhen)
    case = await granted(world, state=state)
    with pytest.raises(NotBookedError, match="not_granted"):
        await handed(world, case, {here.id: 1})
    unheard = await file_case(world)
    with pytest.raises(NotBookedError, match="not_granted"):
        await handed(world, unheard, {here.id: 1})


async def test_L11_the_database_itself_gives_goods_to_nobody_without_a_grant(world: World) -> None:
    here = await quilts(world, 3, 300_00, world.zhen)
    case = await granted(world)
    (row,) = await handed(world, case, {here.id: 1})
    unheard = await file_case(world)
    with pytest.raises(IntegrityError):
        async with world.database.write() as db:
            await db.execute(update(Handout).where(Handout.id == row.id).values(case_id=unheard))


async def test_G4_of_many_who_hand_out_at_once_nobody_gives_what_is_gone(world: World) -> None:
    here = await quilts(world, 3, 100_00, world.zhen)
    cases = [await granted(world) for _ in range(5)]
    outcomes = await asyncio.gather(*(handed(world, case, {here.id: 1}) for case in cases), return_exceptions=True)
    refused = [one for one in outcomes if isinstance(one, BaseException)]
    assert len(refused) == 2
    assert all(isinstance(one, NotBookedError) and one.refusal.key.endswith("more_pieces_than_left") for one in refused)
    async with world.database.read() as db:
        assert (await left_of(db, [here.id]))[here.id] == Left(0, 0)
        worths = await db.scalars(select(Handout.worth_fen))
    assert sorted(worths) == [33_33, 33_33, 33_34]


WRONG = (
    ({"pieces": {}}, "pieces", "nothing_given"),
    ({"proofs": ()}, "signature", "no_proof"),
    ({"given_on": date(2022, 11, 2)}, "given_on", "future"),
    ({"given_on": date(2022, 10, 19)}, "given_on", "too_early"),
    ({"received_by": "王小明"}, "relation", "no_relation"),
    ({"received_by": "王小明", "relation": "nobody"}, "relation", "no_relation"),
    ({"relation": "family"}, "received_by", "no_receiver"),
)


@pytest.mark.parametrize(("changes", "field", "key"), WRONG)
async def test_a_handout_that_cannot_be_is_asked_back(
    world: World, changes: dict[str, object], field: str, key: str
) -> None:
    here = await quilts(world, 3, 300_00, world.zhen)
    case = await granted(world)
    with pytest.raises(NotBookedError, match=f"refusal.ledger.{key}$") as refused:
        await handed(world, case, {here.id: 1}, **changes) if "pieces" not in changes else await handed(world, case, {})
    assert refused.value.field == field
    async with world.database.read() as db:
        assert (await db.scalars(select(Handout))).all() == []
        assert (await db.scalars(select(Attachment))).all() == []


async def test_goods_of_another_township_money_and_counter_entries_are_no_stock(world: World) -> None:
    came = await quilts(world, 3, 300_00)
    cash = await money(world, 300_00, world.zhen)
    case = await granted(world)
    far = await granted(world, village=world.far_village)
    here = await passed(world, came, 1)
    for fund in (came, cash):
        with pytest.raises(NotBookedError, match="gone"):
            await handed(world, case, {fund.id: 1})
    with pytest.raises(OutOfAreaError):
        await handed(world, far, {here.id: 1})
    with pytest.raises(NotBookedError, match="gone"):
        await handed(world, far, {here.id: 1}, world.xian)


async def test_the_same_page_sent_twice_hands_out_once(world: World) -> None:
    here = await quilts(world, 5, 500_00, world.zhen)
    case = await granted(world)
    act = new_id(world.clock.now())

    async def send() -> list[Handout]:
        async with world.units.begin() as unit:
            giving = Giving({here.id: 1}, date(2022, 11, 1), proofs=SIGNED)
            return await hand_out(unit, world.cun, act, case, giving)

    outcomes = await asyncio.gather(send(), send(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["NotBookedError", "list"]
    async with world.database.read() as db:
        assert len((await db.scalars(select(Message).where(Message.kind == "goods.given"))).all()) == 1


async def test_L10_a_handout_is_taken_back_once_and_its_goods_are_there_again(world: World) -> None:
    here = await quilts(world, 3, 100_00, world.zhen)
    case = await granted(world)
    (row,) = await handed(world, case, {here.id: 3})

    async def back(reason: str = "发错了户") -> Handout:
        async with world.units.begin() as unit:
            return await take_back_handout(unit, world.zhen, case, row.id, reason)

    with pytest.raises(NotBookedError, match="no_reason"):
        await back("")
    outcomes = await asyncio.gather(back(), back(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["Handout", "NotBookedError"]
    (again,) = [one for one in outcomes if isinstance(one, NotBookedError)]
    assert again.refusal.key.rpartition(".")[2] == "taken_back_before"
    async with world.database.read() as db:
        assert (await left_of(db, [here.id]))[here.id] == Left(3, 100_00)
        assert await goods_of(db, [case]) == {}
        (seen,), _ = await handed_to(db, world.cun, case)
        assert (seen.taken_back, seen.why) == (world.clock.now(), "发错了户")
        message = (await db.scalars(select(Message).where(Message.kind == "goods.taken_back"))).one()
        assert "没有领到 棉被3床" in render("zh_Hans_CN", message.template, message.params)
    other = await granted(world)
    with pytest.raises(NotBookedError, match="gone"):
        async with world.units.begin() as unit:
            await take_back_handout(unit, world.zhen, other, row.id, "发错了户")


async def test_a_closed_season_hands_out_nothing(world: World) -> None:
    here = await quilts(world, 3, 300_00, world.zhen)
    case = await granted(world)
    (row,) = await handed(world, case, {here.id: 1})
    async with world.database.write() as db:
        await db.execute(update(Scheme).values(closed_at=world.clock.now()))
    with pytest.raises(NotBookedError, match="closed"):
        await handed(world, case, {here.id: 1})
    with pytest.raises(NotBookedError, match="closed"):
        async with world.units.begin() as unit:
            await take_back_handout(unit, world.zhen, case, row.id, "发错了户")
    async with world.database.write() as db:
        await db.execute(update(Grant).values(state="paid"))
