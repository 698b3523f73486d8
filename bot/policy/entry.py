"""One question about the policy with its answer, and what makes it fit to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

RULES = frozenset(
    [
        *(f"L{number}" for number in range(1, 13)),
        *(f"X{number}" for number in range(1, 11)),
        "Q7",
        *(f"G{number}" for number in range(1, 7)),
        "M1",
        "M2",
    ]
)
"""The codes of the source documents' rules."""

FIELDS = {"hotline": "0" * 12, "person": "0" * 12}
"""What an answer may name: the telephone for complaints, and the one where a person answers; each as long as a number
with its area code."""

KEY_LONGEST = 64
QUESTION_LONGEST = 24
VARIANT_LONGEST = 30
VARIANTS_FEWEST, VARIANTS_MOST = 5, 10
ANSWER_LONGEST = 200
"""Characters, with the telephone numbers filled in."""


class ContentError(ValueError):
    """A content file holds something that cannot be shown; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it is offered, ``variants`` as people type it, the answer, and the codes of its ``rules``."""

    key: str
    question: str
    variants: tuple[str, ...]
    answer: str
    rules: tuple[str, ...]

    def say(self, *, hotline: str, person: str) -> str:
        """The answer with its telephone numbers: ``hotline`` for complaints, ``person`` for questions."""
        return self.answer.format(hotline=hotline, person=person)


def read(key: str, raw: Mapping[str, object]) -> Entry:
    """The entry under ``key`` as a content file has it.

    Raises:
        ContentError: a part is missing, unknown, too long, too short, doubled, or cites no rule that exists.
    """
    if unknown := set(raw) ^ {"question", "variants", "answer", "rule"}:
        raise ContentError(f"{key}: missing or unknown: {', '.join(sorted(unknown))}")
    entry = Entry(
        key,
        _text(key, raw["question"]),
        _texts(key, raw["variants"]),
        _text(key, raw["answer"]),
        _texts(key, raw["rule"]),
    )
    if fault := _fault(entry):
        raise ContentError(f"{key}: {fault}")
    return entry


def _fault(entry: Entry) -> str:
    texts = (entry.question, *entry.variants)
    faults = {
        f"the key has more than {KEY_LONGEST} characters": len(entry.key) > KEY_LONGEST,
        f"the question has more than {QUESTION_LONGEST} characters": len(entry.question) > QUESTION_LONGEST,
        f"a variant has more than {VARIANT_LONGEST} characters": max(map(len, texts)) > VARIANT_LONGEST,
        f"{VARIANTS_FEWEST} to {VARIANTS_MOST} variants are needed": not (
            VARIANTS_FEWEST <= len(entry.variants) <= VARIANTS_MOST
        ),
        "two questions are the same": len(set(texts)) < len(texts),
        f"the answer may name {' and '.join(FIELDS)} in braces, nothing else": not _fields(entry.answer) <= set(FIELDS),
        "it cites no rule": not entry.rules,
        "it cites a rule that does not exist": not RULES.issuperset(entry.rules),
    }
    if found := next((fault for fault, found in faults.items() if found), ""):
        return found
    said = len(entry.say(**FIELDS))
    return f"the answer has {said} characters, more than {ANSWER_LONGEST}" if said > ANSWER_LONGEST else ""


def _fields(answer: str) -> set[str]:
    try:
        return {field for _, field, _, _ in Formatter().parse(answer) if field is not None}
    except ValueError:
        return {"not closed"}


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value or value != value.strip():
        raise ContentError(f"{key}: a text is empty, or begins or ends with a space")
    return value


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ContentError(f"{key}: variants and rule are lists")
    return tuple(_text(key, item) for item in value)
