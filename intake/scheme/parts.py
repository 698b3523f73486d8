"""Parts of a scheme's content that are more than a number or a text. Every one has a default, so that versions which
were stored before it still load."""

from dataclasses import dataclass
from datetime import date

from intake.workdays import DayTable

MONEY, GOODS = "money", "goods"
BUDGET_KINDS = (MONEY, GOODS)
SOURCES = ("central", "province", "city", "county", "township", "donation", "other")
"""Where money and goods come from, from above to below."""

BANK_CARD, CASH, IN_GOODS = "bank_card", "cash", "goods"
PAYMENT_FORMS = (BANK_CARD, CASH, IN_GOODS)
"""Forms of payment of form 3: 一卡通, 现金, 物资 (L2)."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """When a review meeting may decide (L7): ``present`` people at least, and ``share_percent`` of those who were
    called. 0 asks for nothing."""

    present: int = 0
    share_percent: int = 0


@dataclass(frozen=True, slots=True)
class Raises:
    """More than the tier for a specially hard-hit household, with its statement (L5): whether at all, and at most how
    much for one household, in fen; None names no limit."""

    allowed: bool = True
    household_cap_fen: int | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Money or goods that the season was given: the ``source`` it comes from (one of :data:`SOURCES`), how the
    document calls it, its worth in fen; of goods also how many of which unit."""

    kind: str
    source: str
    name: str
    worth_fen: int
    quantity: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """The season's days beside those of the application and the payment (L11). None is the usual day."""

    survey_by: date | None = None
    request_by: date | None = None
    supervision_from: date | None = None
    supervision_to: date | None = None
    archive_by: date | None = None
    statistics_by: date | None = None


__all__ = [
    "BANK_CARD",
    "BUDGET_KINDS",
    "CASH",
    "GOODS",
    "IN_GOODS",
    "MONEY",
    "PAYMENT_FORMS",
    "SOURCES",
    "BudgetLine",
    "Dates",
    "DayTable",
    "Quorum",
    "Raises",
]
