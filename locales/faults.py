"""What is wrong with a translation, and how much of one there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from babel.messages.catalog import Message

from locales.catalogs import HOME, OFFICIALS, languages, read, rooms


class Wrong(StrEnum):
    """What may be wrong with one message of one language."""

    MISSING = "missing"
    EMPTY = "empty"
    FUZZY = "fuzzy"
    OLD = "old"
    """The Chinese was changed since: a translation carries the Chinese that it translates as a comment (``#. …``)."""
    EXTRA = "extra"
    """A key that Chinese does not have, at least not in this room."""
    FIELDS = "fields"
    """Other fields than in Chinese, or one that cannot be filled in."""
    PLURAL = "plural"
    """A message with plural forms; nothing here chooses between them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One message that is wrong."""

    language: str
    room: str
    key: str
    wrong: Wrong

    def __str__(self) -> str:
        return f"{self.language}/{self.room}: {self.key} ({self.wrong})"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the texts that people meet a language has: ``done`` of ``all``."""

    done: int
    all: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means every one."""
        return 100 * self.done // self.all


def fields(text: str) -> frozenset[str]:
    """The fields of a text.

    Raises:
        ValueError: a brace that opens or closes nothing.
    """
    return frozenset(field for _, field, _, _ in Formatter().parse(text) if field is not None)


def told(chinese: str) -> str:
    """A Chinese text as the comment that stands over its translation: on one line, without blanks at its ends."""
    return chinese.replace("\n", "\\n").strip()


def is_word_list(key: str) -> bool:
    """Whether a message is words that people are understood by; a language has its own, however Chinese changes."""
    return key.endswith((".also", ".words", ".prefixes"))


def rooms_of_people() -> tuple[str, ...]:
    """The rooms whose texts residents meet; every language has to have them."""
    return tuple(room for room in rooms() if not room.startswith(OFFICIALS))


def compared(home: Mapping[str, Message], here: Mapping[str, Message]) -> Iterator[tuple[str, Wrong]]:
    """The keys of a translation ``here`` that are wrong, in the order of the Chinese, then what is extra."""
    for key, message in home.items():
        if wrong := _wrong(key, message, here.get(key)):
            yield key, wrong
    yield from ((key, Wrong.EXTRA) for key in here if key not in home)


def faults(language: str) -> tuple[Fault, ...]:
    """Everything wrong with a language in the rooms that people meet."""
    return tuple(
        Fault(language, room, key, wrong)
        for room in rooms_of_people()
        for key, wrong in compared(read(HOME, room), read(language, room))
    )


def coverage() -> dict[str, Share]:
    """The share of each language but Chinese, which has all, of the texts that people meet."""
    keys = sum(len(read(HOME, room)) for room in rooms_of_people())
    return {
        language: Share(keys - sum(fault.wrong is not Wrong.EXTRA for fault in faults(language)), keys)
        for language in languages()
        if language != HOME
    }


def _wrong(key: str, home: Message, here: Message | None) -> Wrong | None:
    if here is None:
        return Wrong.MISSING
    if not isinstance(here.id, str) or not isinstance(here.string, str):
        return Wrong.PLURAL
    if not here.string.strip():
        return Wrong.EMPTY
    if here.fuzzy:
        return Wrong.FUZZY
    try:
        if fields(here.string) != fields(str(home.string)):
            return Wrong.FIELDS
    except ValueError:
        return Wrong.FIELDS
    if is_word_list(key):
        return None
    return None if " ".join(here.auto_comments) == told(str(home.string)) else Wrong.OLD
