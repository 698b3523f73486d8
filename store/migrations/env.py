"""Runs migrations on the connection that :mod:`store.migrate` hands in."""

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from store.base import Base
from store.types import Instant

OURS = set(Base.metadata.tables)


def _ours(obj: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave the delivery engine's tables alone: it migrates them itself."""
    return not (kind == "table" and reflected and name not in OURS)


def _frozen(kind: str, obj: object, _context: object) -> str | Literal[False]:
    """Write our column types as the plain ones below them, so that a migration never changes with the code."""
    if kind == "type" and isinstance(obj, TypeDecorator):
        return "sa.DateTime(timezone=True)" if isinstance(obj, Instant) else "sa.LargeBinary()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=_ours,
    render_item=_frozen,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
