"""What guards look at, and how they say no. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from intake.scheme import SchemeContent


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done: the rule's code and a catalog key with its fields (money in fen under names
    that end in ``_fen``)."""

    rule: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an actor says of one case: each action needs its own part of it. Money is in fen. ``why`` is a code."""

    reason: str = ""
    why: str = ""
    votes_for: int = 0
    votes_against: int = 0
    present: int = 0
    tier: str | None = None
    amount_fen: int | None = None
    statement: str = ""
    notice_closes_at: datetime | None = None
    bank_card: str = ""
    paid_on: date | None = None
    held_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Words):
    """What guards may look at: one case, the scheme in force, who acts, and what they say. ``ready_on`` is the day on
    which the case came to where it stands; ``acted`` are those who decided in this revision, ``relatives`` those who
    declared that they are relatives. ``card_others`` is how many other households of the season have the card,
    ``card_another_name`` whether it is known to bear another name than the head's. ``citizen`` is the contact of
    someone who acts and is no official, ``applicant`` the contact that applied. ``released_on`` is the day on which a
    second person released the payment list on which the case waits."""

    now: datetime
    today: date
    scheme: SchemeContent
    village: str
    disasters: tuple[str, ...]
    persons_in_need: int
    group: str = ""
    categories: tuple[str, ...] = ()
    actor: int | None = None
    acted: frozenset[int] = frozenset()
    nominator: int | None = None
    relatives: frozenset[int] = frozenset()
    citizen: int | None = None
    applicant: int | None = None
    ready_on: date | None = None
    released_on: date | None = None
    season_closed: bool = False
    card_others: int = 0
    card_another_name: bool = False
