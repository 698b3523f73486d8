"""Every text for people: gettext catalogs, one file per language and room, keyed by what the text is for.

``locales/<language>/LC_MESSAGES/<room>.po``; a message id is a key such as ``apply.name.ask``. A text that a language
lacks falls back to Chinese, message by message.
"""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from locales.catalogs import HOME as HOME
from locales.catalogs import languages as languages
from locales.catalogs import messages as messages
from locales.faults import coverage as coverage


class MissingTextError(KeyError):
    """A key that no catalog has: a mistake in the code, found by the catalog test."""


class Texts:
    """The texts of one language, filled with ``str.format`` fields."""

    def __init__(self, language: str, texts: Mapping[str, str], fallback: Mapping[str, str]) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._texts = texts
        self._fallback = fallback
        self._words: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, tuple[str, ...]] = {}

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

    def for_form(self, key: str) -> str:
        """The key of a text in the words of a form, ``<key>.form``, where the talk's would not fit; else ``key``."""
        return own if self.has(own := f"{key}.form") else key

    def words(self, key: str) -> tuple[str, ...]:
        """The words of a list that people are understood by (``command.back.words``, ``disaster.hail.also``): those
        of the language, then those of Chinese, each once; none where there is no such list.

        In a catalog blanks part the words, and ``_`` is a blank inside one (``start_over``).
        """
        found = self._words.get(key)
        if found is None:
            lists = (texts.get(key, "").split() for texts in (self._texts, self._fallback))
            found = tuple(dict.fromkeys(word.replace("_", " ") for words in lists for word in words))
            self._words[key] = found
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """What people may call a thing: its label, the words of ``<key>.also``, and its label in Chinese."""
        found = self._names.get(key)
        if found is None:
            label = self(key)
            found = tuple(dict.fromkeys((label, *self.words(f"{key}.also"), self._fallback.get(key, label))))
            self._names[key] = found
        return found


def texts(language: str = HOME) -> Texts:
    """The texts of ``language``; an unknown language gets Chinese."""
    return _texts(language if language in languages() else HOME)


@cache
def _texts(language: str) -> Texts:
    return Texts(language, messages(language), messages(HOME))
