"""A household that was refused says why this is wrong (G5)."""

from bot.answers.picked import Picked
from bot.answers.text import Text
from bot.conditions import All, Given, Known, Not
from bot.flow import Flow, Question
from intake.rules import SHORTEST_REASON

appeal = Flow(
    "appeal",
    version=1,
    keep_days=5,
    review_when=Given("case"),
    questions=(
        Question("case", Picked("@refused"), when=Not(All((Not(Known("@refused")), Not(Given("case"))))), lone=True),
        Question("reason", Text(low=SHORTEST_REASON, high=500, spoken=True), when=Given("case")),
    ),
)
