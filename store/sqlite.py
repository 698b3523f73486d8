"""The SQLite that we trust, and how each of its connections is set up.

SQLite 3.7.0 to 3.51.2 can lose or corrupt commits in WAL mode when two connections write, so the
``pysqlite3`` wheel (which brings its own library) takes the place of the standard module, before
anything else imports it. Without the wheel the system's library must be new enough.
"""

import sys
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

try:
    import pysqlite3
except ImportError:  # no wheel for this platform: the version check below decides
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

OLDEST = (3, 51, 3)


class SqliteTooOldError(RuntimeError):
    """The SQLite library here can corrupt a database in WAL mode."""


def check_version(found: tuple[int, ...] | None = None) -> None:
    """Refuse a library older than :data:`OLDEST`; ``found`` is for tests.

    Raises:
        SqliteTooOldError: with what was found, what is needed and what to do.
    """
    import sqlite3  # noqa: PLC0415 - only after the swap above

    version = found or sqlite3.sqlite_version_info
    if version < OLDEST:
        have, need = (".".join(map(str, v)) for v in (version, OLDEST))
        raise SqliteTooOldError(
            f"SQLite {have} can lose data (WAL-reset bug); {need} or newer is needed. "
            "Install the wheel with `pip install pysqlite3`, or use PostgreSQL: "
            "NUANDONG_DATABASE_URL=postgresql+asyncpg://user:password@host/name"
        )


def set_up(engine: Engine, *, read_only: bool = False) -> None:
    """Give every connection of ``engine`` our pragmas."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=30000",
            "foreign_keys=ON",
            "journal_size_limit=67108864",
            "wal_autocheckpoint=10000",
            *(("query_only=ON", "cache_size=-16384") if read_only else ()),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def begin_with(engine: Engine, statement: str) -> None:
    """Begin every transaction of ``engine`` with this statement."""

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(statement)
