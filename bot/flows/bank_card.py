"""The card that relief is paid to (L2, G4): given, or put right until it is paid."""

from bot.answers.bank_card import BankCard
from bot.answers.name_known import NameKnown
from bot.answers.picked import Picked
from bot.answers.reference import Reference
from bot.conditions import All, Given, Known, Not
from bot.flow import Flow, Question

WHOSE = Not(All((Not(Given("case")), Not(Given("number")))))
OWN = All((Not(Known("@official")), Not(All((Not(Known("@open")), Not(Given("case")))))))

bank_card = Flow(
    "bank_card",
    version=1,
    keep_days=1,
    review_when=Given("holder"),
    questions=(
        Question("case", Picked("@open"), when=OWN, lone=True),
        Question("number", Reference(), when=Known("@official")),
        Question("card", BankCard(), when=WHOSE),
        Question("again", BankCard(), when=Known("@unsure")),
        Question("which", Picked("@cards"), when=Known("@cards")),
        Question(
            "holder",
            NameKnown("@head", "bank_card.holder.other"),
            when=Not(All((Not(Known("@ready")), Not(Given("holder"))))),
        ),
    ),
)
