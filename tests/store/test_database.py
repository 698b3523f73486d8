"""The database as we open it: the library, the pragmas, the schema."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import StatementError

from intake.models import Contact
from service import schema
from store import migrate, sqlite
from store.database import Database, DatabaseUrlError


def test_an_old_sqlite_is_refused_with_what_to_do() -> None:
    sqlite.check_version((3, 51, 3))
    with pytest.raises(sqlite.SqliteTooOldError, match=r"3\.40\.1.*3\.51\.3.*pysqlite3.*postgresql"):
        sqlite.check_version((3, 40, 1))


def test_an_unknown_database_is_refused_with_an_example() -> None:
    with pytest.raises(DatabaseUrlError, match="sqlite:///path"):
        Database("mysql://root@localhost/test")


async def test_a_new_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/sub/new.db")
    async with database.connect() as connection:
        await connection.execute(text("CREATE TABLE x (y)"))
        assert {path.stat().st_mode & 0o077 for path in (tmp_path / "sub").iterdir()} == {0}
    await database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_is_durable_and_keeps_foreign_keys(database: Database) -> None:
    async with database.connect() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("busy_timeout", 30000),
        ):
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value
    with pytest.raises(Exception, match="readonly"):
        async with database.read() as db:
            await db.execute(text("DELETE FROM contact"))


async def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        def ours(obj: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
            return not (kind == "table" and reflected and name not in schema.Base.metadata.tables)

        context = MigrationContext.configure(connection, opts={"include_object": ours})
        return list(compare_metadata(context, schema.Base.metadata))

    assert await migrate.is_current(database)
    async with database.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_upgrading_again_changes_nothing(database: Database) -> None:
    await migrate.upgrade(database)
    assert await migrate.is_current(database)


async def test_instants_come_back_in_utc_and_naive_ones_are_refused(database: Database) -> None:
    at = datetime(2022, 11, 1, 12, tzinfo=UTC)
    async with database.write() as db:
        db.add(Contact(id=1, channel="web", address="x", language="en", created_at=at))
    async with database.read() as db:
        assert (await db.scalars(select(Contact.created_at))).one() == at
    with pytest.raises(StatementError, match="time zone"):
        async with database.write() as db:
            db.add(Contact(id=2, channel="web", address="y", language="en", created_at=at.replace(tzinfo=None)))


async def test_who_looks_sees_one_moment(database: Database) -> None:
    async with database.read() as looking:
        found = [await looking.scalar(select(func.count()).select_from(Contact))]
        async with database.write() as db:
            db.add(
                Contact(id=1, channel="web", address="a", language="en", created_at=datetime(2022, 11, 1, tzinfo=UTC))
            )
        found.append(await looking.scalar(select(func.count()).select_from(Contact)))
    assert found == [0, 0]
