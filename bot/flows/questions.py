"""Questions about the rules and their answers (G6): what was typed, the nearest three, or a human."""

from bot.answers.picked import Picked
from bot.answers.text import Text
from bot.answers.yes import Yes
from bot.conditions import Is, Known
from bot.flow import Flow, Question

NONE = "none"
"""The code of «none of these»."""

questions = Flow(
    "questions",
    version=1,
    review=False,
    keep_days=1,
    questions=(
        Question("ask", Text(high=200)),
        Question("pick", Picked("@found"), when=Known("@found"), anew="ask"),
        Question("human", Yes(), when=Is("pick", NONE)),
    ),
)
