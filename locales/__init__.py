"""Every text for people: gettext catalogs, one file per language and room, keyed by what the text is for.

``locales/<language>/LC_MESSAGES/<room>.po``; a message id is a key such as ``apply.name.ask``. A text that a language
lacks falls back to Chinese, message by message.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

HOME = "zh_Hans_CN"
"""The language that every text exists in."""

_FOLDER = Path(__file__).parent


class MissingTextError(KeyError):
    """A key that no catalog has: a mistake in the code, found by the catalog test."""


class Texts:
    """The texts of one language, filled with ``str.format`` fields."""

    def __init__(self, language: str, texts: Mapping[str, str], fallback: Mapping[str, str]) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._texts = texts
        self._fallback = fallback

    def __call__(self, key: str, /, **params: object) -> str:
        """The text of ``key`` with its fields filled in.

        Raises:
            MissingTextError: neither this language nor Chinese has the key.
        """
        text = self._texts.get(key) or self._fallback.get(key)
        if text is None:
            raise MissingTextError(key)
        return text.format(**params) if params else text

    def has(self, key: str) -> bool:
        """Whether a text exists, here or in Chinese."""
        return key in self._texts or key in self._fallback


@cache
def messages(language: str) -> Mapping[str, str]:
    """All messages of a language, key to text; fuzzy and empty ones are left out."""
    found: dict[str, str] = {}
    for path in sorted((_FOLDER / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id and message.string and not message.fuzzy:
                    found[str(message.id)] = str(message.string)
    return found


def texts(language: str = HOME) -> Texts:
    """The texts of ``language``; an unknown language gets Chinese."""
    return _texts(language if language in languages() else HOME)


@cache
def _texts(language: str) -> Texts:
    return Texts(language, messages(language), messages(HOME))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalog, Chinese first."""
    found = {path.parent.name for path in _FOLDER.glob("*/LC_MESSAGES")}
    return (HOME, *sorted(found - {HOME}))
