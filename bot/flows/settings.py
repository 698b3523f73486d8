"""How the bot speaks with this person: language, big text, reminders; and letting go of an official's account."""

from bot.answers.base import Given
from bot.answers.one import One
from bot.answers.yes import Yes
from bot.conditions import Is
from bot.flow import Flow, Question
from locales import languages


def offered(given: Given) -> tuple[str, ...]:
    """What can be set here: big text where we make the page ourselves, unbinding for officials."""
    web = ("big_text",) if given.facts.get("@web") else ()
    official = ("unbind",) if given.facts.get("@official") else ()
    return ("language", "reminders", *web, *official)


settings = Flow(
    "settings",
    version=1,
    review=False,
    keep_days=1,
    questions=(
        Question("what", One(offered, "settings.what")),
        Question("language", One(languages(), "language"), when=Is("what", "language")),
        Question("reminders", Yes(), when=Is("what", "reminders")),
        Question("big_text", Yes(), when=Is("what", "big_text")),
        Question("unbind", Yes(), when=Is("what", "unbind")),
    ),
)
