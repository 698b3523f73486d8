"""A welfare visit (X6): a cadre or a volunteer writes down how a household lives; what is wrong is passed on."""

from bot.answers.day import Day
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.photos import Photos
from bot.answers.place import Place
from bot.answers.text import Text
from bot.conditions import All, Is, Not
from bot.flow import Flow, Question
from intake.visit_codes import FINDINGS, GROUPS, HELP

ALL_WELL = All(tuple(Not(Is(field, code)) for field, codes in FINDINGS.items() for code in codes[1:]))
"""Nothing wrong was found so far."""

visit = Flow(
    "visit",
    version=1,
    local=True,
    carried=("village",),
    questions=(
        Question("village", Place()),
        Question("name", Name()),
        Question("phone", Phone(), optional=True, asked=False, private=True),
        Question("day", Day(back=30)),
        *(Question(field, One(codes, f"visit.{field}")) for field, codes in FINDINGS.items()),
        Question("help", Many(HELP, "service", none_code="none"), when=Not(ALL_WELL)),
        Question("groups", Many(GROUPS, "visit.group", none_code="none")),
        Question("photos", Photos()),
        Question("note", Text(high=500), optional=True, asked=False),
    ),
)
