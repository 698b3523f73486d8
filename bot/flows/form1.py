"""Form 1 (受灾人员生活困难救助申请表): the questions that are the same whoever fills it in."""

from bot.answers.base import Given
from bot.answers.group import Group
from bot.answers.id_number import IdNumberAnswer
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.text import Text
from bot.flow import Question
from intake.codes import CATEGORIES, DISASTERS, RELIEFS


def season_first(given: Given) -> tuple[str, ...]:
    """The disasters of form 1, those of the season first."""
    return tuple(dict.fromkeys((*given.disasters, *DISASTERS)))


def of_the_season(given: Given) -> tuple[str, ...]:
    """What «都有» means: all of this season's disasters, never an earthquake that nobody felt."""
    return given.disasters


CATEGORIES_ANSWER = Many(CATEGORIES, "category", none_code="ordinary", none_alone=False)

HEAD = Question("head", Name(), texts="apply")
ID_NUMBER = Question("id_number", IdNumberAnswer(), private=True, texts="apply")
GROUP = Question("group", Group(), optional=True, texts="apply")
DAMAGE = (
    Question("disasters", Many(season_first, "disaster", every=of_the_season), texts="apply"),
    Question("reliefs", Many(RELIEFS, "relief"), texts="apply"),
    Question("reason", Text(low=2, high=200, spoken=True), texts="apply"),
    Question("remarks", Text(high=200), optional=True, asked=False, texts="apply"),
)
"""What happened, what is applied for, and why."""
