"""An official looks up the cases of their area: where they stand, one page of them, one of them."""

from bot.answers.picked import Picked
from bot.conditions import Known, Not
from bot.flow import Flow, Question
from intake.access import PREFIX

SOME = Not(Known("@none"))
"""Unless the area has no cases: then there is nothing to ask."""

village = Flow(
    "village",
    version=1,
    review=False,
    roles=frozenset(PREFIX),
    questions=(
        Question("township", Picked("@townships"), when=SOME, lone=True),
        Question("place", Picked("@places"), when=SOME, lone=True),
        Question("state", Picked("@states"), when=SOME),
        Question("page", Picked("@pages"), when=SOME, lone=True),
        Question("case", Picked("@cases"), when=SOME),
    ),
)
