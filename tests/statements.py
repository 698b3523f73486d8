"""What a test asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from store.database import Database


def engines_of(database: Database) -> set[Engine]:
    """The engines on which listeners hear every statement once: on PostgreSQL the reader is the writer with other
    options, and tells the same listeners."""
    return {database.writer.sync_engine, *({database.reader.sync_engine} if database.is_sqlite else ())}


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            sent.append(statement)

    engines = engines_of(database)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
