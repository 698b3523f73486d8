"""The demo's whole county as it is served, with what every request costs at the server; and where in it things are."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import event, func, select

from admin import sessions
from benchmarks.lists import read_lists
from benchmarks.servers import SECRET
from intake.models import (
    BankReturn,
    Batch,
    BatchLine,
    Case,
    Discovery,
    Fund,
    Grant,
    Handover,
    Household,
    Need,
    Notice,
    Objection,
    PaymentList,
    Referral,
    Report,
    Review,
    Staff,
)
from intake.models import Visit as Visited
from intake.procedure import Pass, State
from notifications.engine import Engine
from service import memory
from service.demo import Demo
from service.house import House, open_house, upgrade
from service.settings import read_settings
from service.web import build_application
from store import cipher
from store.cipher import Keyring
from store.database import Database
from tests.statements import engines_of
from tests.world import SHIMEN


@dataclass(slots=True)
class Cost:
    """What one request cost at the server: milliseconds in the handler, of the processor's those of this process (a
    busy machine does not lengthen them; PostgreSQL's are not among them), statements, bytes of the answer."""

    ms: float = 0
    cpu: float = 0
    statements: int = 0
    size: int = 0


class Meter:
    """Measures the requests of one server, one at a time."""

    def __init__(self) -> None:
        self.last = Cost()

    @contextmanager
    def over(self, database: Database) -> Iterator[None]:
        """Count the statements of a database."""

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
                self.last.statements += 1

        engines = engines_of(database)
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", note)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Time the handler."""
        self.last, began, worked = Cost(), perf_counter(), process_time()
        response: web.StreamResponse = await handler(request)
        self.last.ms, self.last.cpu = (perf_counter() - began) * 1000, (process_time() - worked) * 1000
        self.last.size = response.content_length or 0
        return response


@dataclass(frozen=True, slots=True)
class Site:
    """A running house, and what measures it."""

    house: House
    server: TestServer
    meter: Meter

    async def token(self, username: str) -> str:
        """The cookie of an official who has signed in."""
        async with self.house.units.begin() as unit:
            staff_id = (await unit.db.scalars(select(Staff.id).where(Staff.username == username))).one()
            return await sessions.begin(unit.db, staff_id, unit.now)


@asynccontextmanager
async def open_site(database_url: str, households: int) -> AsyncIterator[Site]:
    """Make the county, or take the one that is there, and serve it."""
    settings = read_settings(
        {
            "NUANDONG_DATABASE_URL": database_url,
            "NUANDONG_SECRET_KEY": SECRET,
            "NUANDONG_PUBLIC_URL": "http://127.0.0.1",
            "NUANDONG_DEMO_PASSWORD": "only-for-the-benchmark",
        }
    )
    await _prepare(database_url)
    async with AsyncExitStack() as stack:
        demo = await stack.enter_async_context(Demo.open(settings, households))
        house = await stack.enter_async_context(open_house(settings, demo.clock, "benchmark@1"))
        await demo.fill(house)
        app = await build_application(stack, house, demo=demo)
        meter = Meter()
        app.middlewares.append(meter.middleware)
        stack.enter_context(meter.over(house.database))
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        stack.push_async_callback(server.close)
        memory.settle()  # as the server does: making the county left much behind
        yield Site(house, server, meter)


async def _prepare(database_url: str) -> None:
    cipher.bind(Keyring(SECRET))
    database = Database(database_url)
    engine = Engine(database.url, "benchmark")
    try:
        await upgrade(database, engine)
    finally:
        await engine.stop()
        await database.close()


async def landmarks(house: House) -> dict[str, str]:
    """Where things are, by the names of ``tests.browser.pages``: always the village or notice with the most of it."""
    found: dict[str, str] = {}
    async with house.database.read() as db:
        for pass_, stage in ((Pass.NEED, Need), (Pass.GRANT, Grant)):
            for state in (State.APPLIED, State.REVIEWED):
                largest = (
                    select(Case.village)
                    .join(stage, stage.case_id == Case.id)
                    .where(stage.state == state.value)
                    .group_by(Case.village)
                    .order_by(func.count().desc(), Case.village)
                    .limit(1)
                )
                found[f"{pass_.value}_{state.value}"] = await db.scalar(largest) or ""
            disputed = select(Notice).join(Objection).where(Notice.pass_ == pass_.value, Objection.settled_at.is_(None))
            notices = list(await db.scalars(disputed))
            near = [notice for notice in notices if notice.village.startswith(SHIMEN[:9])] or notices
            longest = max(near, key=lambda notice: len(notice.lines))
            found |= {f"{pass_.value}_notice": str(longest.id), f"{pass_.value}_posted": longest.village}
        for digits, name in ((9, "batch"), (12, "register")):
            lines = select(BatchLine.batch_id).join(Batch).where(func.length(Batch.division) == digits)
            frozen = await db.get_one(
                Batch, await db.scalar(lines.group_by(BatchLine.batch_id).order_by(func.count().desc()).limit(1))
            )
            found |= {name: str(frozen.id), f"{name}_of": frozen.division}
        for state in (State.PAID, State.ACCEPTED):
            granted = select(Grant.case_id).where(Grant.state == state.value).order_by(Grant.case_id).limit(1)
            found[f"{state.value}_case"] = str(await db.scalar(granted))
        first = select(Fund.id).where(Fund.passed_from.is_(None)).order_by(Fund.recorded_at).limit(1)
        found["fund"] = str(await db.scalar(first))
        for list_state in ("made", "released", "closed"):
            largest_list = (
                select(PaymentList.id)
                .where(PaymentList.state == list_state, PaymentList.division == SHIMEN[:9])
                .order_by(PaymentList.lines.desc(), PaymentList.id)
                .limit(1)
            )
            found[f"list_{list_state}"] = str(await db.scalar(largest_list))
        answered = (await db.scalars(select(BankReturn).order_by(BankReturn.id).limit(1))).one()
        found |= {"returned_list": str(answered.list_id), "bank_return": str(answered.id)}
        for table in (Handover, Report, Referral, Review):
            found[table.__tablename__] = str(await db.scalar(select(func.max(table.id))))
        for there in (Visited, Discovery):
            found[there.__tablename__] = str(
                await db.scalar(select(func.max(there.id)).where(there.village == SHIMEN)) or ""
            )
        someone = (await db.execute(select(Household).order_by(Household.id.desc()).limit(1))).scalar_one()
        found |= {"id_number": someone.id_number, "phone": someone.phone, "head": someone.head}
    return found | await read_lists(house)
