"""From which source a payment was paid: the one place where the ledger asks."""

from typing import Any

from sqlalchemy import ColumnElement, literal

NOT_TOLD = "not_told"
"""The source of a payment of which nobody said it."""


def with_source(query: Any) -> tuple[Any, ColumnElement[str]]:
    """``query``, which has :class:`~intake.models.Payment` among its tables, joined to what tells the source of a
    payment; and the column of its code (one of :data:`~intake.scheme.parts.SOURCES`, or :data:`NOT_TOLD`). A payment
    keeps one row, whatever is joined."""
    return query, literal(NOT_TOLD)
