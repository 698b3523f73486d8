"""Opening the database: one writer and some readers on SQLite, one pool on PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from store import sqlite


class DatabaseUrlError(ValueError):
    """The database URL names a database that we do not run on."""


class Database:
    """The open database.

    ``write()`` gives a transaction that may change things; ``read()`` one that only looks. On SQLite the
    writer is a single connection with BEGIN IMMEDIATE, so writers queue in order and never deadlock.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.writer = _engine(self.url, read_only=False)
        self.reader = _engine(self.url, read_only=True) if self.is_sqlite else self.writer

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database, with one writer at a time."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction without the ORM; commits at the end, rolls back on an error."""
        async with self.writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A writing transaction with the ORM; commits at the end, rolls back on an error."""
        async with AsyncSession(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only looks."""
        async with AsyncSession(self.reader, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Close every connection."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


def _engine(url: URL, *, read_only: bool) -> AsyncEngine:
    match url.get_backend_name():
        case "sqlite":
            sqlite.check_version()
            if url.database and not read_only:
                path = Path(url.database)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)  # names stand in it: nobody else on the machine reads it
            size = 4 if read_only else 1
            engine = create_async_engine(
                url.set(drivername="sqlite+aiosqlite"),
                pool_size=size,
                max_overflow=0,
                pool_timeout=60,
                hide_parameters=True,
                json_serializer=_dumps,
                json_deserializer=orjson.loads,
            )
            sqlite.set_up(engine.sync_engine, read_only=read_only)
            return engine
        case "postgresql":
            return create_async_engine(
                url.set(drivername="postgresql+asyncpg"),
                pool_size=8,
                max_overflow=4,
                hide_parameters=True,
                json_serializer=_dumps,
                json_deserializer=orjson.loads,
            )
    raise DatabaseUrlError(
        f"NUANDONG_DATABASE_URL starts with {url.drivername!r}; write sqlite:///path/to/file.db or "
        "postgresql://user:password@host/name"
    )
