"""A list is filed whole or says why not: once, however often it comes, whoever presses, whatever breaks off."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from bot.faces.lists.columns import flow_of
from intake.access import Official, OutOfAreaError
from intake.county import save_scheme
from intake.events import Event, verify
from intake.filing import Application
from intake.imports import filing
from intake.imports.access import access_file
from intake.imports.deciding import DecidedError, EmptyError, NotOpenError, confirm, drop
from intake.imports.filing import file_waiting
from intake.imports.forgetting import forget_imports
from intake.imports.keeping import Sent, digest_of, keep, prepare
from intake.imports.kinds import FileState, Kind, RowState
from intake.models import Case, Contact, EventRow, Household, ImportFile, ImportRow, Need, Scheme, Submission
from intake.moves import RefusedError, Said, move_cases
from intake.procedure import Action, Pass
from intake.reads.dossier import dossier
from intake.reads.imports import import_file, import_files, import_lines, not_yet
from store.clock import FixedClock
from store.database import Database
from tests.faces.workbooks import HEADINGS, LAST_HEADINGS, book, household, listed, number_of, read
from tests.world import World, content, file_case, make_world


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    return await make_world(database, clock)


async def take(world: World, body: bytes, official: Official | None = None, kind: Kind = Kind.APPLY) -> int:
    """Read a file and keep its preview; its id."""
    official = official or world.cun
    prepared = prepare(read(body, official, kind))
    sent = Sent("名单.xlsx", digest_of(body), kind, flow_of(kind).version)
    async with world.units.begin() as unit:
        file_id, _ = await keep(unit, official, world.scheme_id, sent, prepared)
    return file_id


async def say_yes(world: World, file_id: int, official: Official | None = None) -> None:
    """Confirm a preview."""
    async with world.units.begin() as unit:
        await confirm(unit, official or world.cun, file_id)


async def count(world: World, *tables: Any) -> list[int]:
    """How many rows there are."""
    async with world.database.read() as db:
        return [await db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def stands(world: World, file_id: int) -> tuple[str, dict[str, int]]:
    """The state of a file and its counts that are not 0."""
    async with world.database.read() as db:
        file = await db.get_one(ImportFile, file_id)
    return file.state, {state: number for state, number in file.counts.items() if number}


def lines(first: int, last: int) -> list[list[Any]]:
    """Rows of different households."""
    return [household(at) for at in range(first, last + 1)]


async def test_nothing_is_a_case_before_somebody_confirms(world: World) -> None:
    file_id = await take(world, listed(*lines(1, 3), household(4, 身份证号码="1")))
    assert await count(world, Case, Household, Submission, Need) == [0, 0, 0, 0]
    assert await stands(world, file_id) == ("preview", {"good": 3, "refused": 1})
    await say_yes(world, file_id)
    assert await stands(world, file_id) == ("done", {"filed": 3, "refused": 1})
    assert await count(world, Case, Household, Submission, Need) == [3, 3, 3, 3]
    async with world.database.read() as db:
        kept = list(await db.scalars(select(ImportRow).order_by(ImportRow.position)))
        cases = set(await db.scalars(select(Case.id)))
        events = set(await db.scalars(select(EventRow.kind)))
        assert isinstance(await verify(await db.connection()), int)
    assert {row.case_id for row in kept[:3]} == cases
    assert {"import.read", "import.confirmed", "import.done", "case.filed"} <= events


async def test_the_same_file_twice_changes_nothing(world: World) -> None:
    body = listed(*lines(1, 3))
    first = await take(world, body)
    await say_yes(world, first)
    before = await count(world, Case, Submission, ImportFile, ImportRow, EventRow)
    assert await take(world, body) == first
    assert await count(world, Case, Submission, ImportFile, ImportRow, EventRow) == before
    with pytest.raises(DecidedError):
        await say_yes(world, first)


async def test_the_same_households_in_another_file_change_nothing(world: World) -> None:
    await say_yes(world, await take(world, listed(*lines(1, 3))))
    again = await take(world, listed(*lines(1, 3), household(4), household(2, 家庭人口="9")))
    # Household 2 stands there twice and differs: both rows are refused, nobody guesses.
    assert await stands(world, again) == ("preview", {"good": 1, "known": 2, "refused": 2})
    await say_yes(world, again)
    assert await count(world, Case, Submission) == [4, 4]


async def test_a_household_that_applies_meanwhile_keeps_its_own_application(world: World) -> None:
    file_id = await take(world, listed(*lines(1, 2)))
    case_id = await file_case(world, id_number=number_of(1), household_size=7)
    await say_yes(world, file_id)
    assert await stands(world, file_id) == ("done", {"filed": 1, "known": 1})
    async with world.database.read() as db:
        assert (await db.get_one(Case, case_id)).household_size == 7


async def test_two_officials_press_at_once_and_one_import_comes_of_it(world: World) -> None:
    file_id = await take(world, listed(*lines(1, 5)))

    async def press() -> bool:
        try:
            await say_yes(world, file_id)
        except DecidedError:
            return False
        return True

    assert sorted(await asyncio.gather(*(press() for _ in range(6)))) == [*[False] * 5, True]
    assert await count(world, Case, Submission) == [5, 5]


async def test_one_confirms_while_the_other_drops_and_one_of_them_is_told(world: World) -> None:
    file_id = await take(world, listed(*lines(1, 3)))

    async def throw_away() -> None:
        async with world.units.begin() as unit:
            await drop(unit, world.cun, file_id)

    outcomes = await asyncio.gather(say_yes(world, file_id), throw_away(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["DecidedError", "NoneType"]
    state, _ = await stands(world, file_id)
    assert await count(world, Case) == [3 if state == "done" else 0]


async def test_the_same_file_from_two_people_at_once_is_one_preview(world: World) -> None:
    body = listed(*lines(1, 3))

    async def send() -> int | None:
        try:
            return await take(world, body)
        except IntegrityError:  # the page then looks again
            return None

    found = {one for one in await asyncio.gather(*(send() for _ in range(4))) if one}
    assert len(found) == 1
    assert await count(world, ImportFile, ImportRow) == [1, 3]


async def test_a_crash_between_two_chunks_loses_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "SOME", 4)
    file_id = await take(world, listed(*lines(1, 15)))
    await say_yes(world, file_id)
    before = await count(world, Case)
    assert before == [4]
    with pytest.raises(RuntimeError):
        async with world.units.begin() as unit:
            await filing.file_some(unit, await access_file(unit.db, world.cun, file_id, lock=True), 4)
            raise RuntimeError
    assert await count(world, Case) == before
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": 15})
    assert await count(world, Case, Submission, Household) == [15, 15, 15]


async def test_a_file_is_imported_only_when_all_of_its_rows_are_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = await take(world, listed(*lines(1, filing.SOME + 5)))
    await say_yes(world, file_id)
    assert await stands(world, file_id) == ("confirmed", {"filed": filing.SOME, "good": 5})
    await file_waiting(world.units, seconds=0)
    assert (await stands(world, file_id))[0] == "confirmed"
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": filing.SOME + 5})
    await file_waiting(world.units)
    assert await count(world, Case) == [filing.SOME + 5]


async def test_a_row_that_breaks_is_marked_and_the_others_go_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file_id = await take(world, listed(*lines(1, filing.SOME + 6)))
    await say_yes(world, file_id)
    real, bad = filing.receive, f"paper:{file_id}:{filing.SOME + 3}"

    async def breaks(connection: Any, journal: Any, applications: Sequence[Application], now: Any) -> Any:
        if any(one.key == bad for one in applications):
            raise RuntimeError("a fault")
        return await real(connection, journal, applications, now)

    monkeypatch.setattr(filing, "receive", breaks)
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": filing.SOME + 5, "fault": 1})
    async with world.database.read() as db:
        (line,) = await import_lines(db, world.cun, file_id, RowState.FAULT, 1)
    assert line.reasons == [("", "import.wrong.fault_row", {})]


async def test_L12_who_typed_a_signed_application_may_review_it(world: World) -> None:
    await say_yes(world, await take(world, listed(household(1))))
    async with world.database.read() as db:
        (case,) = (await db.scalars(select(Case))).all()
        sent = await db.get_one(Submission, case.submission_id)
        contact = await db.get_one(Contact, case.contact_id)
    assert (case.nominator, sent.content["typed_by"]) == (None, world.cun.id)
    assert (contact.channel, contact.staff_id) == ("paper", None)
    async with world.database.read() as db:
        assert (await dossier(db, world.cun, case.id)).typed_by == "cun"
    async with world.units.begin() as unit:
        words = Said(Action.PASS_REVIEW, votes_for=9, present=9)
        await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {case.id: words})


async def test_L12_who_nominates_by_a_list_does_not_review_it(world: World) -> None:
    heads = [*HEADINGS, "是否亲属", "不能自己申请的原因", "谁同意的", "提名人姓名", "提名人电话", "提名人关系"]
    own = [*household(1), "是", "年纪大", "本人口头同意", "", "", ""]
    other = [*household(2), "", "年纪大", "本人口头同意", "赵铁柱", "13800004321", "邻居"]
    await say_yes(world, await take(world, book(heads, own, other), kind=Kind.NOMINATE))
    async with world.database.read() as db:
        cases = {case.nominator["relation"]: case for case in await db.scalars(select(Case))}  # type: ignore[index]
    assert cases["cadre"].nominator["staff"] == world.cun.id  # type: ignore[index]
    assert cases["cadre"].nominator["kin"] is True  # type: ignore[index]
    assert cases["neighbour"].nominator["staff"] is None  # type: ignore[index]
    words = Said(Action.PASS_REVIEW, votes_for=9, present=9)
    with pytest.raises(RefusedError) as refused:
        async with world.units.begin() as unit:
            await move_cases(unit.db, unit.journal, world.cun, unit.now, Pass.NEED, {cases["cadre"].id: words})
    assert refused.value.only.rule == "L12"


async def test_L1_last_years_list_makes_no_application(world: World) -> None:
    body = book(LAST_HEADINGS, *([f"王建{'国民军'[at % 3]}", number_of(at), 4, "石门村"] for at in range(1, 6)))
    file_id = await take(world, body, kind=Kind.LAST)
    await say_yes(world, file_id)
    assert await count(world, Case, Submission, Household) == [0, 0, 0]
    async with world.database.read() as db:
        left, number = await not_yet(db, world.cun, file_id, 1)
    assert (len(left), number) == (5, 5)
    await say_yes(world, await take(world, listed(household(2))))
    async with world.database.read() as db:
        left, number = await not_yet(db, world.cun, file_id, 1)
    assert (number, [line.row for line in left]) == (4, [2, 4, 5, 6])


async def test_a_withdrawn_application_is_opened_again(world: World) -> None:
    await say_yes(world, await take(world, listed(household(1))))
    async with world.database.write() as db:
        await db.execute(update(Need).values(state="withdrawn"))
    again = await take(world, listed(household(1, 家庭人口="6")))
    assert await stands(world, again) == ("preview", {"good": 1})
    await say_yes(world, again)
    assert await stands(world, again) == ("done", {"reopened": 1})
    async with world.database.read() as db:
        assert await db.scalar(select(Case.household_size)) == 6
        assert (await db.scalars(select(Need.state))).all() == ["applied"]


async def test_each_official_sees_the_files_of_their_area_and_decides_on_their_own(world: World) -> None:
    own = await take(world, listed(household(1)))
    above = await take(world, listed(household(2)), world.xian)
    async with world.database.read() as db:
        seen = {who.name: len((await import_files(db, who, 1))[0]) for who in (world.cun, world.zhen, world.xian)}
    assert seen == {"cun": 1, "zhen": 1, "xian": 2}
    for who, file_id in ((world.cun, above), (world.zhen, own), (world.xian, own)):
        with pytest.raises(OutOfAreaError):
            await say_yes(world, file_id, who)
    async with world.database.read() as db:
        with pytest.raises(OutOfAreaError):
            await import_file(db, world.cun, above)


async def test_out_of_season_nothing_is_filed_and_the_preview_stays(world: World, clock: FixedClock) -> None:
    file_id = await take(world, listed(household(1)))
    clock.forward(timedelta(days=400))
    with pytest.raises(NotOpenError):
        await say_yes(world, file_id)
    assert await stands(world, file_id) == ("preview", {"good": 1})


async def test_a_season_that_ends_while_a_file_is_filed_loses_no_row(world: World, clock: FixedClock) -> None:
    file_id = await take(world, listed(*lines(1, filing.SOME + 2)))
    await say_yes(world, file_id)
    async with world.units.begin() as unit:
        shut = content(closes_on=unit.now.date() - timedelta(days=1), pay_before=unit.now.date() - timedelta(days=2))
        await save_scheme(unit.db, unit.journal, unit.now, "410324", "2022-2023", shut)
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": filing.SOME, "closed": 2})


async def test_a_season_that_is_closed_while_a_file_is_filed_loses_no_row(world: World) -> None:
    file_id = await take(world, listed(*lines(1, filing.SOME + 2)))
    await say_yes(world, file_id)
    async with world.database.write() as db:
        await db.execute(update(Scheme).values(closed_at=world.clock.now()))
    await file_waiting(world.units)
    assert await stands(world, file_id) == ("done", {"filed": filing.SOME, "closed": 2})
    async with world.database.read() as db:
        (line, _) = await import_lines(db, world.cun, file_id, RowState.CLOSED, 1)
    assert [key for _, key, _ in line.reasons] == ["import.wrong.closed"]


async def test_a_preview_of_an_older_form_is_read_anew(world: World) -> None:
    body = listed(household(1))
    file_id = await take(world, body)
    async with world.database.write() as db:
        (await db.get_one(ImportFile, file_id)).remarks = {"version": 0, "unused": [], "unread": []}
    before = await count(world, EventRow)
    assert await take(world, body) == file_id
    assert await count(world, EventRow, ImportRow) == [before[0] + 1, 1]


async def test_a_file_with_nothing_good_cannot_be_confirmed(world: World) -> None:
    file_id = await take(world, listed(household(1, 身份证号码="1")))
    with pytest.raises(EmptyError):
        await say_yes(world, file_id)


async def test_what_was_dropped_or_forgotten_can_be_sent_again(world: World, clock: FixedClock) -> None:
    body = listed(*lines(1, 2))
    file_id = await take(world, body)
    async with world.units.begin() as unit:
        await drop(unit, world.cun, file_id)
    assert await count(world, ImportRow) == [2]
    clock.forward(timedelta(days=31))
    await forget_imports(world.database, clock.now())
    assert await count(world, ImportRow, ImportFile) == [0, 1]
    assert await take(world, body) == file_id
    assert await stands(world, file_id) == ("preview", {"good": 2})
    clock.forward(timedelta(days=31))
    await forget_imports(world.database, clock.now())
    assert (await stands(world, file_id))[0] == FileState.DROPPED.value


async def test_the_rows_of_an_import_are_forgotten_after_the_season_and_its_counts_stay(
    world: World, clock: FixedClock
) -> None:
    file_id = await take(world, listed(*lines(1, 2)))
    await say_yes(world, file_id)
    clock.forward(timedelta(days=399))
    await forget_imports(world.database, clock.now())
    assert await count(world, ImportRow) == [2]
    clock.forward(timedelta(days=2))
    await forget_imports(world.database, clock.now())
    assert await count(world, ImportRow, Case) == [0, 2]
    assert await stands(world, file_id) == ("done", {"filed": 2})


async def test_rows_lie_sealed_and_are_shown_masked(world: World) -> None:
    file_id = await take(world, listed(household(1)))
    async with world.database.connect() as connection:
        for table in ("import_row", "import_file"):
            rows = (await connection.exec_driver_sql(f"SELECT * FROM {table}")).all()
            assert number_of(1) not in str(rows) and "王建国" not in str(rows) and "名单" not in str(rows)
    async with world.database.read() as db:
        (line,) = await import_lines(db, world.cun, file_id, RowState.GOOD, 1)
        events = [
            Event(row.at, row.actor, row.kind, row.subject, row.data) for row in await db.scalars(select(EventRow))
        ]
    assert line.id_masked == f"410324********{number_of(1)[-4:]}"
    assert number_of(1) not in str(events)
