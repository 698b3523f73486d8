"""From which source a payment was paid: the one place where the ledger asks."""

from typing import Any

from sqlalchemy import ColumnElement, func

from intake.models import Payment, PaymentLine, PaymentList

NOT_TOLD = "not_told"
"""The source of a payment whose list does not say it."""


def with_source(query: Any) -> tuple[Any, ColumnElement[str]]:
    """``query``, which has :class:`~intake.models.Payment` among its tables, joined to the payment list whose line was
    paid; and the column of its source (one of :data:`~intake.scheme.parts.SOURCES`, or :data:`NOT_TOLD`). A case has
    one paid line at most, so a payment keeps one row."""
    paid = (PaymentLine.case_id == Payment.case_id) & (PaymentLine.outcome == "paid")
    joined = query.outerjoin(PaymentLine, paid).outerjoin(PaymentList, PaymentList.id == PaymentLine.list_id)
    return joined, func.coalesce(func.nullif(PaymentList.source, ""), NOT_TOLD)
