"""L10: whoever writes into a season asks at one door whether it is open, and nobody slips in while it is closed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from intake.allocation.goods import Handed
from intake.allocation.result import Plan
from intake.bank_cards import put_card
from intake.closing import ClosingError, close_season
from intake.fund_requests import Asked, record_request
from intake.handouts import take_back_handout
from intake.hints import give_hints
from intake.ledger.guards import NotBookedError
from intake.media import Media
from intake.meeting_photos import add_photo
from intake.models import Case, Household, Review
from intake.moves import RefusedError, lock_cases
from intake.notices import open_notice
from intake.payments.asking import ask_for_card
from intake.payments.bank_returns import keep_return
from intake.payments.making import drop_list, make_lists
from intake.payments.open_list import open_list
from intake.payments.sending import note_sent
from intake.procedure import Pass
from intake.reads.open_matters import open_matters
from intake.relatives import Kin, declare
from intake.reviews import Meeting, Verdict, record_review
from intake.unit import Unit
from store.clock import FixedClock
from store.database import Database
from tests.intake.booking import drawn, granted, handed, passed, quilts
from tests.notifications.steps import review
from tests.paying import released
from tests.payments.accepted import accepted
from tests.payments.test_return_file import CARD, HEAD, text
from tests.world import World, file_case, make_world

SEASON = "2022-2023"


async def open_now(world: World) -> dict[str, int]:
    """What of the season is open, as the page of the county shows it."""
    async with world.database.read() as db:
        return dict(await open_matters(db, world.xian, world.scheme_id, world.clock.now()))


async def test_whoever_holds_a_case_finishes_before_the_season_is_closed(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    case = await file_case(world)
    await review(world, case)
    seen = await open_now(world)

    async def close() -> None:
        async with world.units.begin() as unit:
            await close_season(unit, world.xian, SEASON, "两户搬走了", seen)

    async with world.units.begin() as unit:  # the village posts its list
        await lock_cases(unit.db, Pass.NEED, [case])
        closing = asyncio.create_task(close())
        await asyncio.wait({closing}, timeout=0.3)
        await open_notice(unit.db, unit.journal, world.cun, unit.now, world.village, Pass.NEED, world.scheme_id)
    with pytest.raises(ClosingError, match="changed"):
        await closing


async def test_who_files_is_not_held_up_by_officials_at_work_on_lists(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    made = await released(world, *await accepted(world, 600_00, cards=False))
    async with world.units.begin() as unit:
        await open_list(unit, world.zhen, made.id)
        filing = asyncio.create_task(file_case(world))
        done, _ = await asyncio.wait({filing}, timeout=2)
        assert bool(done) is not database.is_sqlite  # one writer at a time: there it waits
    await filing


async def _request(unit: Unit, at: SimpleNamespace) -> object:
    return await record_request(unit, at.zhen, Asked(2, 6, 100_00, 0, "潭政〔2022〕31号", date(2022, 11, 1)), 0)


async def _declare(unit: Unit, at: SimpleNamespace) -> object:
    return await declare(unit.db, unit.journal, at.cun, unit.now, at.case, Kin("sibling"))


async def _photo(unit: Unit, at: SimpleNamespace) -> object:
    return await add_photo(unit, at.cun, at.review, Media("image/png", drawn()))


async def _card(unit: Unit, at: SimpleNamespace) -> object:
    return await put_card(unit.db, unit.journal, at.zhen, unit.now, at.case, "6217000000001234567", at.head)


async def _lists(unit: Unit, at: SimpleNamespace) -> object:
    return await make_lists(unit, at.zhen, at.scheme, at.village[:9])


async def _drop(unit: Unit, at: SimpleNamespace) -> object:
    await drop_list(unit, at.zhen, at.list, "卡号要再核对")


async def _send(unit: Unit, at: SimpleNamespace) -> object:
    return await note_sent(unit, at.zhen, at.list, b"file")


async def _return(unit: Unit, at: SimpleNamespace) -> object:
    return await keep_return(unit, at.zhen, at.list, text(HEAD, [CARD, "600.00", "成功", ""]))


async def _ask(unit: Unit, at: SimpleNamespace) -> object:
    await ask_for_card(unit, at.zhen, at.waits)


async def _hints(unit: Unit, at: SimpleNamespace) -> object:
    return await give_hints(unit, at.zhen, at.scheme, Plan((), (), (), (), (), Handed({}, {})), {})


async def _back(unit: Unit, at: SimpleNamespace) -> object:
    return await take_back_handout(unit, at.zhen, at.goods.case_id, at.goods.id, "记错了户")


WRITERS = (_request, _declare, _photo, _card, _lists, _drop, _send, _return, _ask, _hints, _back)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
async def test_L10_nobody_writes_into_a_season_that_is_being_closed(
    database: Database, clock: FixedClock, write: Callable[[Unit, SimpleNamespace], Awaitable[object]]
) -> None:
    world = await make_world(database, clock)
    at = await _busy(world)
    seen = await open_now(world)

    async def too_late() -> None:
        async with world.units.begin() as unit:
            await write(unit, at)

    async with world.units.begin() as unit:
        await close_season(unit, world.xian, SEASON, "两户搬走了", seen)
        writing = asyncio.create_task(too_late())
        await asyncio.wait({writing}, timeout=0.3)
    with pytest.raises((RefusedError, NotBookedError)) as no:
        await writing
    refusal = no.value.only if isinstance(no.value, RefusedError) else no.value.refusal
    assert refusal.key in ("refusal.L10.season_closed", "refusal.ledger.closed")


async def _busy(world: World) -> SimpleNamespace:
    """A season with everything under way: a meeting, a released list, goods handed out, money without a card."""
    spoken = await file_case(world)
    async with world.units.begin() as unit:
        meeting = Meeting(date(2022, 11, 1), "villagers", 9, "逐户表决", begins_at=time(9))
        verdicts = {spoken: Verdict(True, 9, 0)}
        await record_review(unit.db, unit.journal, world.cun, unit.now, world.village, Pass.NEED, meeting, verdicts)
    given = await granted(world)
    (goods,) = await handed(world, given, {(await passed(world, await quilts(world, 10, 1000_00), 3)).id: 1})
    made = await released(world, *await accepted(world, 600_00, cards=False))
    (waits,) = await accepted(world, 300_00, cards=False)
    (case,) = await accepted(world, 300_00)
    async with world.database.read() as db:
        meeting_id = (await db.scalars(select(Review.id))).one()
        row = await db.get_one(Case, case)
        head = (await db.get_one(Household, row.household_id)).head
    return SimpleNamespace(
        cun=world.cun,
        zhen=world.zhen,
        village=world.village,
        scheme=world.scheme_id,
        review=meeting_id,
        case=case,
        head=head,
        waits=waits,
        goods=goods,
        list=made.id,
    )
