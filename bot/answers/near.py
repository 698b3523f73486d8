"""Options that a text names only nearly: a part of a name, or what a name denies. Pure.

What is near is asked back, never taken: 村民 is not 村民组长.
"""

import re

from bot.answers.negation import negations
from bot.answers.options import Names, bare, spell
from bot.answers.words import plain, unadorned

_CLAUSES = re.compile(r"[,，;；、。()（）།]")
_LETTER = "[A-Z\u0f40-\u0fbc]"
SHORTEST_WORD = 4
"""Letters of an English or Tibetan word that is enough to tell an option by: not «the» or «དང»."""


def containing(text: str, names: Names) -> tuple[int, ...]:
    """The options that have ``text`` inside one of their names, with every negation of what it stands in: two Chinese
    characters of it, or whole words."""
    like, unlike = _inside(text, names)
    return tuple(index for index in like if index not in unlike)


def opposed(text: str, names: Names) -> tuple[int, ...]:
    """The options that have ``text`` inside one of their names and deny it: 没有手机 for 手机."""
    return _inside(text, names)[1]


def named_alike(text: str, names: Names, picked: tuple[int, ...]) -> bool:
    """Whether the text is one word that all ``picked`` go by: 不安全 is a house with damage and one with a danger."""
    words = {plain(text).upper(), bare(text).upper()}
    return all(not words.isdisjoint(plain(form).upper() for form in names[index]) for index in picked)


def _inside(text: str, names: Names) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The options that have the text, or the text without the words around it, in a clause of a name: those with the
    same negations there, and those with others."""
    like: set[int] = set()
    unlike: set[int] = set()
    for part in dict.fromkeys((unadorned(spell(text)).upper(), bare(text).upper())):
        is_word = re.match(_LETTER, part) is not None
        if like or unlike or len(part) < (SHORTEST_WORD if is_word else 2):
            continue
        inside = re.compile(rf"(?<!{_LETTER}){re.escape(part)}(?!{_LETTER})" if is_word else re.escape(part))
        for index, forms in enumerate(names):
            clauses = (clause for form in forms for clause in (form.upper(), *_CLAUSES.split(form.upper())))
            denied = {negations(clause) != negations(part) for clause in clauses if inside.search(clause)}
            (like if False in denied else unlike if denied else set()).add(index)
    return tuple(sorted(like)), tuple(sorted(unlike))
