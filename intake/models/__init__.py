"""The tables of intake: who reaches us, what they sent, the cases it became, and what officials decided."""

from intake.models.approval import Approval, Payment
from intake.models.case import Case, Grant, Household, Need
from intake.models.contact import Contact, Submission
from intake.models.division import Division
from intake.models.event import EventHead, EventRow
from intake.models.review import Notice, NoticeCase, Objection, Review, Vote
from intake.models.scheme import Scheme, SchemeVersion
from intake.models.staff import Staff

__all__ = [
    "Approval",
    "Case",
    "Contact",
    "Division",
    "EventHead",
    "EventRow",
    "Grant",
    "Household",
    "Need",
    "Notice",
    "NoticeCase",
    "Objection",
    "Payment",
    "Review",
    "Scheme",
    "SchemeVersion",
    "Staff",
    "Submission",
    "Vote",
]
