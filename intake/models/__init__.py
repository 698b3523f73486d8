"""The tables of intake: who reaches us, what they sent, the cases it became, and what officials decided."""

from intake.models.allocation import AllocationHint
from intake.models.appeal import Appeal
from intake.models.approval import Approval, Payment
from intake.models.attachment import Attachment
from intake.models.batch import Batch, BatchAct, BatchLine
from intake.models.case import Case, Grant, Household, Need
from intake.models.contact import Binding, Contact, Submission
from intake.models.division import Division
from intake.models.event import EventHead, EventRow
from intake.models.fund import Fund, Handout
from intake.models.fund_request import FundRequest
from intake.models.handover import Handover, HandoverLine
from intake.models.imports import ImportFile, ImportRow
from intake.models.payment_list import BankReturn, BankReturnRow, PaymentLine, PaymentList, PaymentRelease
from intake.models.relation import Relation
from intake.models.report import Report, ReportLine
from intake.models.review import Notice, NoticeCase, Objection, Review, Vote
from intake.models.scheme import Scheme, SchemeVersion
from intake.models.season import Archive, ArchivePart, HandedIn, SeasonAct
from intake.models.staff import Staff
from intake.models.visit import Discovery, Referral, Visit

__all__ = [
    "AllocationHint",
    "Appeal",
    "Approval",
    "Archive",
    "ArchivePart",
    "Attachment",
    "BankReturn",
    "BankReturnRow",
    "Batch",
    "BatchAct",
    "BatchLine",
    "Binding",
    "Case",
    "Contact",
    "Discovery",
    "Division",
    "EventHead",
    "EventRow",
    "Fund",
    "FundRequest",
    "Grant",
    "HandedIn",
    "Handout",
    "Handover",
    "HandoverLine",
    "Household",
    "ImportFile",
    "ImportRow",
    "Need",
    "Notice",
    "NoticeCase",
    "Objection",
    "Payment",
    "PaymentLine",
    "PaymentList",
    "PaymentRelease",
    "Referral",
    "Relation",
    "Report",
    "ReportLine",
    "Review",
    "Scheme",
    "SchemeVersion",
    "SeasonAct",
    "Staff",
    "Submission",
    "Visit",
    "Vote",
]
