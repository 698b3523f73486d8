"""Questions about the rules and their answers (G6): what was typed, the nearest three, or a human."""

from bot.answers.picked import Picked
from bot.answers.text import Text
from bot.conditions import Known
from bot.flow import Flow, Question

questions = Flow(
    "questions",
    version=1,
    review=False,
    keep_days=1,
    questions=(
        Question("ask", Text(high=200)),
        Question("pick", Picked("@found"), when=Known("@found")),
    ),
)
