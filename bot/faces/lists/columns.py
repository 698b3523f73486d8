"""The columns of a list: the questions of a flow, under the names that people write over them."""

import re
import unicodedata
from dataclasses import dataclass

from bot.flow import Flow, Question
from bot.flows import FLOWS
from intake.imports.kinds import Kind
from locales import Texts

TOWNSHIP = "township"
"""A column beside the village's: lists often have the township in one of its own."""
_LAST = ("head", "id_number", "phone", "household_size", "persons_in_need", "village", "group", "categories", "remarks")
"""What a last year's list tells of a household: not what hit it this year, nor what it asks for."""
_LAST_NEEDS = ("head", "village")
_BRACKETS = re.compile(r"\([^()]*\)")
_SIGNS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^[0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``names`` are the plain spellings of its headings; ``question`` is None for the township's."""

    key: str
    label: str
    names: frozenset[str]
    question: Question | None
    needed: bool


def plain(heading: str) -> str:
    """A heading without blanks, signs, numbers before it and what stands in brackets."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", heading))
    return _NUMBERED.sub("", _SIGNS.sub("", text)).lower()


def flow_of(kind: Kind) -> Flow:
    """The flow whose form a kind of list is."""
    return FLOWS[Kind.NOMINATE if kind is Kind.NOMINATE else Kind.APPLY]


def columns(kind: Kind, t: Texts) -> tuple[Column, ...]:
    """The columns of a kind of list, in the order of the form."""
    flow = flow_of(kind)
    found: list[Column] = []
    for question in flow.questions:
        if question.gate or question.answer.kind == "photos" or (kind is Kind.LAST and question.key not in _LAST):
            continue
        if question.answer.kind == "place":
            found.append(_column(TOWNSHIP, t, "", None, needed=False))
        needed = question.key in _LAST_NEEDS if kind is Kind.LAST else not question.optional and question.asked
        found.append(_column(question.key, t, flow.text(question, "name"), question, needed=needed))
    return tuple(found)


def _column(key: str, t: Texts, name: str, question: Question | None, *, needed: bool) -> Column:
    own = f"import.column.{key}"
    label = t(own) if t.has(own) else t(name)
    spelled = {label, *([t(name)] if name else []), *t.words(f"{own}.also")}
    return Column(key, label, frozenset(map(plain, spelled)), question, needed)
