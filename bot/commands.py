"""Reserved words: they count only when they are the whole message, so no name or reason is ever taken for one."""

from enum import StrEnum
from functools import cache

from bot.answers.base import Answer, Given
from bot.answers.many import Many
from bot.answers.one import One
from bot.answers.words import plain
from bot.flows.menu import LISTS, MENUS
from locales import Texts, languages


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
    MUTE = "mute"
    EXPLAIN = "explain"


_ENDS = "。.!！ ་།༎"
"""What may end a message that is one word: stops, and the tsheg and the shad of Tibetan."""


@cache
def _flows(texts: Texts) -> dict[str, str]:
    entries = dict.fromkeys(code for codes in MENUS.values() for code in codes if code not in LISTS)
    return {plain(name).lower(): code for code in entries for name in texts.names(f"home.{code}")}


def flow_of(texts: Texts, text: str) -> str | None:
    """The conversation whose name a whole message is (查进度), if it is one."""
    return _flows(texts).get(_bare(text))


@cache
def _languages(texts: Texts) -> dict[str, str]:
    return {plain(texts(f"language.{code}")).lower().rstrip(_ENDS): code for code in languages()}


def language_of(texts: Texts, text: str) -> str | None:
    """The language whose own name a whole message is (English, 中文), if it is one."""
    return _languages(texts).get(plain(text).lower().rstrip(_ENDS))


@cache
def _words(texts: Texts) -> dict[str, Command]:
    return {word.lower(): command for command in Command for word in texts.words(f"command.{command}.words")}


def command_of(texts: Texts, text: str) -> Command | None:
    """The command that a whole message is, if it is one."""
    return _words(texts).get(_bare(text))


def is_choice(answer: Answer, text: str, given: Given) -> bool:
    """Whether a whole message is the name of a choice that is offered, or another word for it."""
    offered = answer.choices(given)
    names = [label for _, label in offered]
    if isinstance(answer, One | Many):
        names = [name for code, _ in offered for name in given.texts.names(f"{answer.prefix}.{code}")]
    return _bare(text) in map(_bare, names)


def _bare(text: str) -> str:
    return plain(text).lower().rstrip(_ENDS)
