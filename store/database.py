"""Opening the database: one writer and some readers on SQLite, one pool on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from store import inline, sqlite

PATIENCE = 60
"""Seconds that a transaction waits at the most until it may begin."""


class DatabaseUrlError(ValueError):
    """The database URL names a database that we do not run on."""


class Database:
    """The open database.

    ``write()`` gives a transaction that may change things, ``batch()`` one of many short statements; ``read()`` one
    that only looks. On SQLite those that write take turns, in the order in which they came, so that none ever fails in
    the middle; they begin with BEGIN IMMEDIATE, for other processes write too.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.is_sqlite:
            self.writer, self.reader, self._batches = _sqlite_engines(self.url)
        else:
            self.writer = self._batches = _postgresql_engine(self.url)
            self.reader = self.writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._turn = asyncio.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database, with one writer at a time."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction of short statements, without the ORM; commits at the end, rolls back on an error. On
        SQLite each statement holds up everybody else while it runs (:mod:`store.inline`)."""
        async with self._in_turn(), self._batches.begin() as connection:
            yield connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction without the ORM; commits at the end, rolls back on an error."""
        async with self._in_turn(), self.writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A writing transaction with the ORM; commits at the end, rolls back on an error."""
        async with (
            self._in_turn(),
            AsyncSession(self.writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only looks; everything it sees is of one moment."""
        async with AsyncSession(self.reader, expire_on_commit=False) as session:
            yield session

    async def tune(self) -> None:
        """Let SQLite see how its tables have grown, where they have: without it no plan knows a long table from a short
        one. PostgreSQL does so by itself."""
        if self.is_sqlite:
            async with self.connect() as connection:
                await connection.exec_driver_sql("PRAGMA optimize=0x10002")

    async def close(self) -> None:
        """Close every connection."""
        for engine in {self.writer, self.reader, self._batches} if self.is_sqlite else (self.writer,):
            await engine.dispose()

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """Wait for those who began to write before; on PostgreSQL nobody has to.

        Raises:
            TimeoutError: the one before does not come to an end.
        """
        if not self.is_sqlite:
            yield
            return
        async with asyncio.timeout(PATIENCE):
            await self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine, AsyncEngine]:
    sqlite.check_version()
    if url.database:
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # names stand in it: nobody else on the machine reads it
    writer, reader = _sqlite_engine(url, "aiosqlite"), _sqlite_engine(url, "aiosqlite", connections=4)
    batches = _sqlite_engine(url, inline.NAME)
    sqlite.begin_with(writer.sync_engine, "BEGIN IMMEDIATE")
    sqlite.begin_with(reader.sync_engine, "BEGIN")
    sqlite.set_up(writer.sync_engine)
    sqlite.set_up(batches.sync_engine)
    sqlite.set_up(reader.sync_engine, read_only=True)
    return writer, reader, batches


def _sqlite_engine(url: URL, driver: str, connections: int = 1) -> AsyncEngine:
    return create_async_engine(
        url.set(drivername=f"sqlite+{driver}"),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=PATIENCE,
        hide_parameters=True,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
    )


def _postgresql_engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "postgresql":
        raise DatabaseUrlError(
            f"NUANDONG_DATABASE_URL starts with {url.drivername!r}; write sqlite:///path/to/file.db or "
            "postgresql://user:password@host/name"
        )
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=8,
        max_overflow=4,
        hide_parameters=True,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
    )
