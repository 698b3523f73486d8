"""Where does it stand? By the person's own cases, by a case number with the end of the head's ID number, or by the
receipt of a report."""

from bot.answers.picked import Picked
from bot.answers.reference import Reference
from bot.answers.text import Text
from bot.conditions import All, Given, Known, Not
from bot.flow import Flow, Question

OWN = All((Known("@cases"), Not(Given("number"))))

status = Flow(
    "status",
    version=1,
    review=False,
    keep_days=1,
    questions=(
        Question("case", Picked("@cases"), when=OWN, lone=True),
        Question("number", Reference(), when=Not(OWN)),
        Question("tail", Text(low=4, high=30), when=Known("@tail")),
    ),
)
