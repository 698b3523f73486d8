"""The composition root: every room is built here, in this order, and handed what it needs of the others."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.policy.encoder import find_encoder
from bot.policy.index import index
from bot.policy.opening import open_search
from bot.reminders import remind
from bot.retention import forget
from bot.turns import BatchedTurns
from intake.attachments import forget_loose
from intake.events import Listener
from intake.finding_again import make_findable
from intake.imports.filing import file_waiting
from intake.imports.forgetting import forget_imports
from intake.notices import close_due
from intake.season_reminders import remind_officials
from intake.unit import Units
from notifications.engine import Engine
from notifications.listener import Notifier
from notifications.sweeper import sweep
from notifications.waiting import resume_waiting
from service.keys import check_opens, make_keyring
from service.metrics import Metrics
from service.settings import Settings
from service.world import KnownWorld
from store import cipher, migrate
from store.cipher import Keyring
from store.clock import Clock
from store.database import Database


class SchemaError(RuntimeError):
    """The database's schema is not this release's."""


@dataclass(frozen=True, slots=True)
class House:
    """The parts that both ``serve`` and ``work`` need."""

    settings: Settings
    clock: Clock
    keyring: Keyring
    database: Database
    engine: Engine
    listeners: Sequence[Listener]
    units: Units
    world: KnownWorld
    turns: BatchedTurns
    metrics: Metrics

    @property
    def delivers(self) -> bool:
        """Whether messages are delivered, as far as this process has to: on PostgreSQL that is the workers' part."""
        return self.engine.at_work or not self.database.is_sqlite

    async def close_due_notices(self) -> None:
        """Close the notices whose days are over (L8)."""
        async with self.units.begin() as unit:
            await close_due(unit.db, unit.journal, unit.now)

    async def remind(self) -> None:
        """Remind people of the forms that they left half filled."""
        await remind(self.units, self.world())

    async def remind_officials(self) -> None:
        """Remind officials of the season's calendar (L11)."""
        await remind_officials(self.units)

    async def forget(self) -> None:
        """Delete what is past its time."""
        await forget(self.database, self.clock.now())
        await forget_loose(self.database, self.clock.now())
        await forget_imports(self.database, self.clock.now())

    async def file_imports(self) -> None:
        """File the rows of imported lists that were confirmed."""
        await file_waiting(self.units)

    async def tune(self) -> None:
        """Let the database know its tables."""
        await self.database.tune()

    async def sweep(self) -> None:
        """Order again the deliveries that were lost."""
        await sweep(self.database, self.engine, self.clock.now())


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock, executor: str) -> AsyncIterator[House]:
    """Open the database and build the parts; closes them at the end.

    Raises:
        SettingError: a setting cannot be used.
        SchemaError: on PostgreSQL, when ``nuandong db upgrade`` has not been run for this release.
    """
    keyring = make_keyring(settings)
    cipher.bind(keyring)
    database = Database(settings.database_url)
    engine = Engine(database.url, executor)
    try:
        if database.is_sqlite:
            await upgrade(database, engine)
        elif not await migrate.is_current(database):
            raise SchemaError("the database is not ready for this release; run: nuandong db upgrade")
        await check_opens(database)
        await database.tune()
        await index(database)
        listeners: Sequence[Listener] = (Notifier(engine).listen,)
        world = KnownWorld(database, clock, settings.public_url)
        await world.refresh()

        async def spoke(connection: AsyncConnection, contact_id: int, now: datetime) -> None:
            await resume_waiting(connection, engine, contact_id, now)

        async with open_search(find_encoder()) as policy:
            yield House(
                settings=settings,
                clock=clock,
                keyring=keyring,
                database=database,
                engine=engine,
                listeners=listeners,
                units=Units(database, clock, listeners),
                world=world,
                turns=BatchedTurns(database, clock, world, listeners, spoke=spoke, policy=policy),
                metrics=Metrics(),
            )
    finally:
        await engine.stop()
        await database.close()


async def upgrade(database: Database, engine: Engine) -> None:
    """Bring our schema and the delivery engine's to this release; fill in what needs keys, which a migration lacks."""
    await migrate.upgrade(database)
    await make_findable(database)
    await engine.prepare()
