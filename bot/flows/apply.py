"""Form 1: a household applies for relief (受灾人员生活困难救助申请表)."""

from bot.answers.base import Given
from bot.answers.consent import Consent
from bot.answers.count import Count, answered
from bot.answers.id_number import IdNumberAnswer
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.phone import Phone
from bot.answers.place import Place
from bot.answers.text import Text
from bot.flow import Flow, Question
from intake.codes import CATEGORIES, DISASTERS, RELIEFS


def season_first(given: Given) -> tuple[str, ...]:
    """The disasters of form 1, those of the season first."""
    return tuple(dict.fromkeys((*given.disasters, *DISASTERS)))


def of_the_season(given: Given) -> tuple[str, ...]:
    """What «都有» means: all of this season's disasters, never an earthquake that nobody felt."""
    return given.disasters


apply = Flow(
    "apply",
    version=2,
    seasonal=True,
    questions=(
        Question("consent", Consent(), gate=True),
        Question("head", Name()),
        Question("id_number", IdNumberAnswer(), private=True),
        Question("phone", Phone()),
        Question("household_size", Count(1, 30)),
        Question(
            "persons_in_need", Count(1, answered("household_size", 30), over="apply.persons_in_need.over", whole=True)
        ),
        Question("village", Place()),
        Question("group", Text(high=30), optional=True),
        Question("categories", Many(CATEGORIES, "category", none_code="ordinary", none_alone=False)),
        Question("disasters", Many(season_first, "disaster", every=of_the_season)),
        Question("reliefs", Many(RELIEFS, "relief")),
        Question("reason", Text(low=2, high=200)),
        Question("remarks", Text(high=200), optional=True, asked=False),
    ),
)
