"""What the bank did: paid, came back, waits; the resident is asked for the right card and is paid again (L2, G4)."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.bank_cards import give_card
from intake.events import verify
from intake.models import BankReturn, BankReturnRow, Case, Contact, EventRow, Grant, Payment, PaymentLine, PaymentList
from intake.moves import RefusedError
from intake.payments.asking import ask_for_card
from intake.payments.bank_returns import keep_return, see_return, take_return
from intake.payments.candidates import candidates
from intake.payments.codes import Blocked
from intake.payments.return_file import ReturnFileError
from intake.payments.settling import settle_by_hand
from intake.payments.verifying import UnsoundError
from notifications.listener import Notifier
from notifications.render import render
from store.clock import FixedClock, china_date
from store.database import Database
from tests.notifications.steps import Orders, messages
from tests.paying import give, lines_of, make, release_list
from tests.payments.accepted import accepted
from tests.payments.test_return_file import HEAD, text
from tests.world import World, make_world


async def sent_list(world: World) -> PaymentList:
    """Everybody who can be paid stands on a list that two people released."""
    (made,) = await make(world)
    await release_list(world, made)
    return made


def answer(*rows: tuple[str, str, str, str]) -> bytes:
    """The bank's file."""
    return text(HEAD, *map(list, rows))


async def upload(world: World, made: PaymentList, body: bytes) -> tuple[int, str]:
    """The township uploads it and sees what it means."""
    async with world.units.begin() as unit:
        kept = await keep_return(unit, world.zhen, made.id, body)
        kept_id = kept.id
    async with world.database.read() as db:
        _kept, seen = await see_return(db, world.zhen, made.id, kept_id)
    return kept_id, seen.mark


async def take(world: World, made: PaymentList, kept: int, mark: str, day: date | None = None) -> None:
    """The township lets it count."""
    async with world.units.begin() as unit:
        await take_return(unit, world.zhen, made.id, kept, mark, day or china_date(unit.now))


async def hand(
    world: World, made: PaymentList, paid: list[int], failed: dict[int, str], day: date | None = None
) -> None:
    """The township writes down what became of lines."""
    async with world.units.begin() as unit:
        await settle_by_hand(unit, world.zhen, made.id, paid, failed, day or china_date(unit.now))


async def standing(world: World, made: PaymentList) -> tuple[str, list[str]]:
    """The state of the list and the outcomes of its lines."""
    async with world.database.read() as db:
        state = (await db.get_one(PaymentList, made.id)).state
    return state, [line.outcome for line in await lines_of(world, made.id)]


async def test_the_banks_file_settles_the_list(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = await accepted(world, 600_00, 300_00, 200_00)
    made = await sent_list(world)
    one, two, three = await lines_of(world, made.id)
    body = answer(
        (one.card, "600", "成功", ""), (two.card, "300", "失败", "账户已销户"), ("6217000000001", "9", "成功", "")
    )
    kept, mark = await upload(world, made, body)
    assert await standing(world, made) == ("released", ["waiting"] * 3)
    await take(world, made, kept, mark)
    assert await standing(world, made) == ("released", ["paid", "failed", "waiting"])
    async with database.read() as db:
        states = [(await db.get_one(Grant, case)).state for case in cases]
        payment = (await db.scalars(select(Payment))).one()
        rows = list(await db.scalars(select(BankReturnRow).order_by(BankReturnRow.position)))
    assert states == ["paid", "accepted", "accepted"]
    assert (payment.case_id, payment.amount_fen, payment.bank_card) == (cases[0], 600_00, one.card)
    assert [row.outcome for row in rows] == ["paid", "failed", "unknown"]
    await hand(world, made, [three.id], {})
    assert (await standing(world, made))[0] == "closed"
    async with database.connect() as connection:
        assert isinstance(await verify(connection), int)


async def test_the_same_file_twice_changes_nothing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00, 1_00)
    made = await sent_list(world)
    body = answer(((await lines_of(world, made.id))[0].card, "600", "成功", ""))
    kept, mark = await upload(world, made, body)
    await take(world, made, kept, mark)
    again, _mark = await upload(world, made, body)
    assert again == kept
    with pytest.raises(RefusedError, match="return_taken"):
        await take(world, made, kept, mark)
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(BankReturn)) == 1
        assert await db.scalar(select(func.count()).select_from(Payment)) == 1


async def test_what_changed_since_it_was_seen_is_shown_once_more(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00, 1_00)
    made = await sent_list(world)
    one, two = await lines_of(world, made.id)
    kept, mark = await upload(world, made, answer((one.card, "600", "成功", "")))
    await hand(world, made, [two.id], {})
    with pytest.raises(RefusedError, match="return_stale"):
        await take(world, made, kept, mark)
    assert (await standing(world, made))[1] == ["waiting", "paid"]


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2022, 11, 2), "paid_in_future"), (date(2022, 10, 31), "before_release")],
    ids=["tomorrow", "before it was released"],
)
async def test_a_wrong_day_moves_nothing_at_all(database: Database, clock: FixedClock, day: date, key: str) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00, 300_00)
    made = await sent_list(world)
    one, two = await lines_of(world, made.id)
    body = answer((one.card, "600", "成功", ""), (two.card, "300", "失败", "户名不符"))
    kept, mark = await upload(world, made, body)
    with pytest.raises(RefusedError, match=key):
        await take(world, made, kept, mark, day)
    assert (await standing(world, made))[1] == ["waiting", "waiting"]
    async with database.read() as db:
        assert (await db.get_one(BankReturn, kept)).taken_at is None


async def test_nothing_is_paid_that_two_people_have_not_released(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    (made,) = await make(world)
    (line,) = await lines_of(world, made.id)
    await release_list(world, made, world.zhen)
    with pytest.raises(RefusedError, match="settle_made"):
        await hand(world, made, [line.id], {})
    with pytest.raises(RefusedError, match="file_made"):
        await upload(world, made, answer((line.card, "600", "成功", "")))


async def test_a_grant_that_went_back_is_named_and_nothing_is_paid(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    cases = await accepted(world, 600_00, 300_00)
    made = await sent_list(world)
    one, two = await lines_of(world, made.id)
    async with database.write() as db:
        await db.execute(update(Grant).where(Grant.case_id == cases[1]).values(state="applied"))
        number = (await db.get_one(Case, cases[1])).number
    with pytest.raises(UnsoundError) as told:
        await upload(world, made, answer((one.card, "600", "成功", "")))
    assert [(found.what, found.number) for found in told.value.differences] == [("state", number)]
    await hand(world, made, [], {two.id: "县里退回重评"})
    await hand(world, made, [one.id], {})
    assert (await standing(world, made))[0] == "closed"


async def test_a_failed_card_is_asked_about_by_chat_and_paid_again(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock, [Notifier(Orders()).listen])
    (case,) = await accepted(world, 600_00)
    first = await sent_list(world)
    (line,) = await lines_of(world, first.id)
    await hand(world, first, [], {line.id: "账户已销户"})
    assert (await standing(world, first))[0] == "closed"
    told = (await messages(database))[-1]
    said = render("zh_Hans_CN", told.template, told.params)
    for word in ("¥600.00", "账户已销户", line.card[-4:], "报银行卡", "66789599"):
        assert word in said
    assert line.card not in said

    async def blocked() -> Blocked | None:
        async with database.read() as db:
            (found,) = await candidates(db, world.zhen, world.scheme_id, world.content, world.village[:9])
        return found.blocked

    assert await blocked() is Blocked.FAILED_CARD
    clock.forward(timedelta(hours=1))
    async with world.units.begin() as unit:
        row = await unit.db.get_one(Case, case)
        await give_card(unit, row.contact_id, None, row.number, "6217000000000000038", line.head)
    assert await blocked() is None
    second = await sent_list(world)
    (again,) = await lines_of(world, second.id)
    assert (again.repays, again.card[-4:], again.amount_fen) == (line.id, "0038", 600_00)
    await hand(world, second, [again.id], {})
    async with database.read() as db:
        payment = (await db.scalars(select(Payment))).one()
    assert payment.bank_card == "6217000000000000038"


async def test_the_same_card_given_once_more_after_it_failed_may_be_tried(
    database: Database, clock: FixedClock
) -> None:
    world = await make_world(database, clock)
    (case,) = await accepted(world, 600_00)
    made = await sent_list(world)
    (line,) = await lines_of(world, made.id)
    await hand(world, made, [], {line.id: "账户冻结"})
    clock.forward(timedelta(days=1))
    async with world.units.begin() as unit:
        row = await unit.db.get_one(Case, case)
        head = line.head
        await give_card(unit, row.contact_id, None, row.number, line.card, head)
    assert (await lines_of(world, (await make(world))[0].id))[0].repays == line.id


async def test_who_has_no_chat_is_asked_in_person(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock, [Notifier(Orders()).listen])
    (case,) = await accepted(world, 600_00)
    async with database.write() as db:
        contact = (await db.get_one(Case, case)).contact_id
        await db.execute(update(Contact).where(Contact.id == contact).values(channel="paper"))
    made = await sent_list(world)
    (line,) = await lines_of(world, made.id)
    await hand(world, made, [], {line.id: "账户已销户"})
    assert [row for row in await messages(database) if row.template == "message.payment_failed"] == []
    with pytest.raises(RefusedError, match="in_person"):
        async with world.units.begin() as unit:
            await ask_for_card(unit, world.zhen, case)


async def test_a_card_is_asked_for_once_a_day(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock, [Notifier(Orders()).listen])
    (case,) = await accepted(world, 600_00, cards=False)
    for _ in range(2):
        async with world.units.begin() as unit:
            await ask_for_card(unit, world.zhen, case)
    assert [row.template for row in await messages(database)].count("message.card_asked") == 1


async def test_nobody_is_asked_for_a_card_once_the_money_is_on_its_way(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock, [Notifier(Orders()).listen])
    (case,) = await accepted(world, 600_00)
    await sent_list(world)  # while the page with the question lay open
    with pytest.raises(RefusedError, match="changed"):
        async with world.units.begin() as unit:
            await ask_for_card(unit, world.zhen, case)
    assert "message.card_asked" not in [row.template for row in await messages(database)]


@pytest.mark.parametrize(
    ("paid", "failed", "key"), [([], {0: " "}, "no_reason"), ([0], {}, "settled")], ids=["no reason", "before"]
)
async def test_what_is_written_down_by_hand_is_checked(
    database: Database, clock: FixedClock, paid: list[int], failed: dict[int, str], key: str
) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00, 300_00)
    made = await sent_list(world)
    lines = await lines_of(world, made.id)
    if key == "settled":
        await hand(world, made, [lines[0].id], {})
    with pytest.raises(RefusedError, match=key):
        await hand(world, made, [lines[at].id for at in paid], {lines[at].id: why for at, why in failed.items()})


async def test_a_file_that_cannot_be_read_leaves_nothing(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    made = await sent_list(world)
    with pytest.raises(ReturnFileError):
        await upload(world, made, text(["账号"], ["1"]))
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(BankReturn)) == 0


async def test_a_row_for_a_closed_list_is_late_and_kept(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00)
    made = await sent_list(world)
    (line,) = await lines_of(world, made.id)
    await hand(world, made, [], {line.id: "账户已销户"})
    kept, mark = await upload(world, made, answer((line.card, "600", "成功", "")))
    await take(world, made, kept, mark)
    async with database.read() as db:
        assert [row.outcome for row in await db.scalars(select(BankReturnRow))] == ["late"]
        assert await db.scalar(select(func.count()).select_from(Payment)) == 0


async def test_many_who_take_one_file_at_once_pay_once(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    await accepted(world, 600_00, 300_00)
    made = await sent_list(world)
    one, two = await lines_of(world, made.id)
    body = answer((one.card, "600", "成功", ""), (two.card, "300", "成功", ""))
    kept, mark = await upload(world, made, body)
    for _ in range(20):
        tries = await asyncio.gather(
            *(take(world, made, kept, mark) for _ in range(5)),
            *(hand(world, made, [one.id], {}) for _ in range(5)),
            return_exceptions=True,
        )
        assert all(one is None or isinstance(one, RefusedError) for one in tries)
    state, outcomes = await standing(world, made)
    async with database.read() as db:
        paid = await db.scalar(select(func.count()).select_from(Payment))
        told = await db.scalar(select(func.count()).where(EventRow.kind == "payment.made"))
        waits = await db.scalar(select(func.count()).where(PaymentLine.outcome == "waiting"))
    assert paid == told == outcomes.count("paid")
    assert (state == "closed") == (waits == 0)


async def test_a_card_that_was_changed_meanwhile_does_not_change_a_list(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    (case,) = await accepted(world, 600_00)
    made = await sent_list(world)
    (line,) = await lines_of(world, made.id)
    await give(world, case, "6217000000000000087")
    await hand(world, made, [line.id], {})
    async with database.read() as db:
        assert (await db.scalars(select(Payment.bank_card))).one() == line.card
