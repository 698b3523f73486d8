"""Reserved words: they count only when they are the whole message, so no name or reason is ever taken for one."""

from enum import StrEnum
from functools import cache

from bot.answers.words import plain
from locales import Texts


class Command(StrEnum):
    """What a person may say at any question. Their words are in the catalogs: ``command.<name>.words``."""

    BACK = "back"
    CANCEL = "cancel"
    HELP = "help"
    SKIP = "skip"
    PERSON = "person"
    RESTART = "restart"
    ERASE = "erase"
    GO_ON = "go_on"
    LOOK = "look"
    APPLY = "apply"
    MENU = "menu"
    LANGUAGE = "language"


@cache
def _words(texts: Texts) -> dict[str, Command]:
    return {word: command for command in Command for word in texts(f"command.{command}.words").split()}


def command_of(texts: Texts, text: str) -> Command | None:
    """The command that a whole message is, if it is one."""
    return _words(texts).get(plain(text).lower().rstrip("。.!！"))
