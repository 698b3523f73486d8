"""An application is taken back, until the county has decided."""

from bot.answers.one import One
from bot.answers.picked import Picked
from bot.answers.yes import Yes
from bot.conditions import All, Given, Known, Not
from bot.flow import Flow, Question
from intake.withdrawals import REASONS

withdraw = Flow(
    "withdraw",
    version=1,
    keep_days=1,
    review_when=Given("case"),
    questions=(
        Question(
            "case",
            Picked("@open"),
            when=Not(All((Not(Known("@open")), Not(Given("case"))))),
            lone=True,
            resets=("agreed",),
        ),
        Question("agreed", Yes(), when=Known("@nominated"), gate=True),
        Question("why", One(REASONS, "withdraw.why"), when=Given("case")),
    ),
)
