"""A number of people in the words of another language: five people, མི་ལྔ."""

import re

from bot.answers.words import plain, worded
from locales import HOME, Texts

COUNTED = 21
"""The list ``answer.numbers.words`` goes from nought to twenty."""


def spoken_number(texts: Texts, text: str) -> int | None:
    """The number in figures or in a word, with only the words for people around it; None for anything else, and in
    Chinese, which has its own grammar."""
    if texts.language == HOME:
        return None
    said = f" {re.sub(r'[་།.,!?]+', ' ', plain(text).lower())} "
    for words in sorted((f" {_spaced(word)} " for word in texts.words("answer.persons.words")), key=len, reverse=True):
        said = said.replace(words, "  ")
    rest = worded(said)
    if re.fullmatch(r"[0-9]{1,4}", rest) and len(said.split()) == 1:
        return int(rest)
    numbers = tuple(map(worded, texts.words("answer.numbers.words")[:COUNTED]))
    return numbers.index(rest) if rest in numbers else None


def _spaced(word: str) -> str:
    return re.sub("་+", " ", word)
