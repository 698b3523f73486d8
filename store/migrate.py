"""Schema migrations (Alembic), run on the application's own connection."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.database import Database

_LOCK = 0x6E75616E  # any number, the same in every process


def _config(**attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes.update(attributes)
    return config


async def upgrade(database: Database) -> None:
    """Bring the schema to this release; quick when it is there. Two processes at once take turns."""
    async with database.connect() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    command.upgrade(_config(connection=connection), "head")


async def is_current(database: Database) -> bool:
    """Whether the schema is this release's."""
    async with database.connect() as connection:
        found = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    return found == ScriptDirectory.from_config(_config()).get_current_head()


async def draft(database: Database, message: str) -> None:
    """Write a new migration from what the models have and the database has not; for developers.

    Every room's models must be imported before.
    """
    async with database.connect() as connection:
        await connection.run_sync(lambda sync: command.revision(_config(connection=sync), message, autogenerate=True))
