"""What is stored of a person: see it, put it right, have deleted what no procedure needs."""

from bot.answers.base import Given as Situation
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.picked import Picked
from bot.answers.yes import Yes
from bot.conditions import All, Given, Is, Known
from bot.flow import Flow, Question


def offered(given: Situation) -> tuple[str, ...]:
    """A telephone number is put right where the person has an application."""
    return ("see", "phone", "erase") if given.facts.get("@open") else ("see", "erase")


my_data = Flow(
    "my_data",
    version=1,
    review=False,
    keep_days=1,
    questions=(
        Question("what", One(offered, "my_data.what")),
        Question("case", Picked("@open"), when=All((Is("what", "phone"), Known("@open"))), lone=True),
        Question("phone", Phone(), when=All((Is("what", "phone"), Given("case"))), private=True),
        Question("erase", Yes(), when=Is("what", "erase")),
    ),
)
