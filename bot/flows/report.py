"""A citizen reports an irregularity (L12): confidential by chat, for the channel knows the account; never anonymous."""

from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.photos import Photos
from bot.answers.place import Place
from bot.answers.text import Text
from bot.answers.yes import Yes
from bot.conditions import Is
from bot.flow import Flow, Question
from intake.report_codes import KINDS, LEVELS

report = Flow(
    "report",
    version=1,
    questions=(
        Question("confidential", Yes(), gate=True),
        Question("kind", One(KINDS, "irregularity")),
        Question("village", Place(), optional=True),
        Question("level", One(LEVELS, "accused")),
        Question("persons", Text(high=200), optional=True),
        Question("what", Text(low=4, high=1000, spoken=True)),
        Question("photos", Photos()),
        Question("named", One(("no", "yes"), "naming")),
        Question("name", Name(), when=Is("named", "yes")),
        Question("phone", Phone(), when=Is("named", "yes"), optional=True, private=True),
    ),
)
