"""An objection to one line of a notice, within its days (L7, L8)."""

from bot.answers.name import Name
from bot.answers.phone import Phone
from bot.answers.picked import Picked
from bot.answers.place import Place
from bot.answers.text import Text
from bot.conditions import Given, Known
from bot.flow import Flow, Question
from intake.rules import SHORTEST_REASON

objection = Flow(
    "objection",
    version=1,
    keep_days=5,
    review_when=Given("line"),
    questions=(
        Question("village", Place()),
        Question("head", Text(high=60), when=Known("@many")),
        Question("line", Picked("@lines"), when=Known("@lines")),
        Question("reason", Text(low=SHORTEST_REASON, high=500, spoken=True), when=Given("line")),
        Question("name", Name(), when=Given("line"), optional=True),
        Question("phone", Phone(), when=Given("line"), optional=True, private=True),
    ),
)
