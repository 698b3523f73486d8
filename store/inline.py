"""SQLite without a thread for every statement: for transactions of many short ones, such as a batch of turns.

The usual driver hands each statement to a thread of its own and waits for it; that hand-over costs more than most
statements do. Here they run where they are called. Only what may wait, for another writer or for the disk, waits in
another thread: BEGIN, COMMIT and ROLLBACK.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

NAME = "inline"
"""The driver's name in a database URL: ``sqlite+inline``."""


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """What SQLAlchemy asks of the cursors of asynchronous drivers; this one holds nothing."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class InlineDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own dialect of the standard driver, called from a coroutine."""

    driver = NAME
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: Any) -> type[Pool]:
        """A pool that waits without holding up the loop."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: Any) -> Any:
        """The file's name, and the kind of connection."""
        positional, named = super().create_connect_args(url)
        return positional, {**named, "factory": _Connection}

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """One statement, here and now."""
        cursor.execute(statement, parameters)
        await_only(_nothing())

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """One statement with many parameters, here and now."""
        cursor.executemany(statement, parameters)
        await_only(_nothing())

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin to write: another process may hold the database for a while."""
        _elsewhere(lambda: dbapi_connection.execute("BEGIN IMMEDIATE"))

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit: the disk may take its time."""
        _elsewhere(dbapi_connection.commit)

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Roll back, where there is something to."""
        if dbapi_connection.in_transaction:
            _elsewhere(dbapi_connection.rollback)


async def _nothing() -> None:
    """SQLAlchemy insists that a statement awaits something, for a driver that does not would hold up the loop."""


def _elsewhere(call: Callable[[], object]) -> None:
    await_only(asyncio.get_running_loop().run_in_executor(None, call))


registry.register(f"sqlite.{NAME}", __name__, InlineDialect.__name__)
