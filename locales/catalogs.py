"""The catalogs on disk: which languages and rooms there are, and the messages of each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

HOME = "zh_Hans_CN"
"""The language that every text exists in."""

FOLDER = Path(__file__).parent
"""Where the languages are: ``<language>/LC_MESSAGES/<room>.po``."""

OFFICIALS = "admin"
"""How the rooms begin that only officials see; they are Chinese."""


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalog, Chinese first."""
    found = {path.parent.name for path in FOLDER.glob("*/LC_MESSAGES")}
    return (HOME, *sorted(found - {HOME}))


def rooms(language: str = HOME) -> tuple[str, ...]:
    """The rooms that a language has a file for."""
    return tuple(sorted(path.stem for path in (FOLDER / language / "LC_MESSAGES").glob("*.po")))


def read(language: str, room: str) -> Mapping[str, Message]:
    """The messages of one file by key, fuzzy and empty ones too; nothing where there is no such file."""
    path = FOLDER / language / "LC_MESSAGES" / f"{room}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, abort_invalid=True)
    return {key_of(message): message for message in catalog if message.id}


def key_of(message: Message) -> str:
    """The key of a message; one with plural forms has two ids, of which it is the first."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


@cache
def messages(language: str) -> Mapping[str, str]:
    """All messages of a language, key to text; fuzzy and empty ones are left out."""
    return {
        key: str(message.string)
        for room in rooms(language)
        for key, message in read(language, room).items()
        if message.string and not message.fuzzy
    }
