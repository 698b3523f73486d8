"""One row of a list: each cell is read by the answer of its question. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answers.base import Given, Miss, Value
from bot.answers.group import group_at_end
from bot.answers.place import Place
from bot.faces.lists.columns import TOWNSHIP, Column, flow_of
from bot.filling import read_field
from bot.flow import Question
from intake.access import Official
from intake.imports.kinds import Kind
from intake.imports.read import ReadRow, Reason

_SAME_FOR_ALL = frozenset({"one", "many", "yes", "group", "place", "name"})
"""Kinds of answer that read the same text alike in every row, so that it is read once."""
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Who imports what: the official, the kind of list, what answers may look at, and the columns. ``hit`` says of a
    village whether it was hit this season (L1)."""

    official: Official
    kind: Kind
    given: Given
    columns: Sequence[Column]
    hit: Callable[[str], bool] = lambda _village: True


class Rows:
    """Reads rows of one file, and remembers what it has read."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._flow = flow_of(asked.kind)
        self._columns = {column.key: column for column in asked.columns}
        self._known: dict[tuple[str, str], Value | Miss] = {}

    def read(self, row: ReadRow) -> None:
        """Fill in the answers of a row from what was typed, and why it is refused."""
        facts = self._facts(row)
        bad = {reason.column for reason in row.reasons}
        for question in self._flow.questions:
            if question.gate:
                row.answers[question.key] = True
                continue
            column = self._columns.get(question.key)
            if column is None or question.key in bad or not question.when({**facts, **row.answers}):
                continue
            raw = row.raw.get(question.key, "")
            if question.answer.kind == "place":
                read = self._village(question, row, raw)
            elif not raw and not column.needed:
                read = Value(None)
            else:
                read = self._field(question, raw, row.answers)
            self._take(row, question.key, read)
            if question.answer.kind == "place" and isinstance(read, Value):
                self._look_at(row, str(read.value))
        if not self._asked.kind.files:
            row.answers = {key: value for key, value in row.answers.items() if key in self._columns}

    def _look_at(self, row: ReadRow, village: str) -> None:
        """L1: filing takes it, and the village checks it; whoever imports is told now."""
        if self._asked.kind.files and not self._asked.hit(village):
            told = {"village": self._asked.given.places.label(village)}
            row.warned.append(Reason("village", "import.wrong.not_hit", told))

    def _facts(self, row: ReadRow) -> Mapping[str, Any]:
        """Whoever imports nominates, where no other name stands in the row."""
        by = row.raw.get("by_name", "")
        own = self._asked.kind is Kind.NOMINATE and by in ("", self._asked.official.name)
        return {"@official": True} if own else {}

    def _take(self, row: ReadRow, key: str, read: Value | Miss) -> None:
        if isinstance(read, Miss):
            row.reasons.append(Reason(key, self._told(read.key), dict(read.params)))
            return
        row.answers[key] = read.value
        if group := read.also.get("group"):
            row.answers.setdefault("group", group)
            if not row.raw.get("group"):
                row.raw["group"] = str(group)

    def _told(self, key: str) -> str:
        """The key of what is said of a cell: no choice has a number there, and nobody is asked to send anything."""
        texts = self._asked.given.texts
        return own if texts.has(own := f"import.{key}") else texts.for_form(key)

    def _field(self, question: Question, raw: str, answers: Mapping[str, Any]) -> Value | Miss:
        fixed = question.answer.kind == "count" and not callable(getattr(question.answer, "high", None))
        if question.answer.kind not in _SAME_FOR_ALL and not fixed:
            return read_field(question, raw, replace(self._asked.given, answers=answers))
        key = (question.key, raw)
        if key not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = read_field(question, raw, self._asked.given)
        return self._known[key]

    def _village(self, question: Question, row: ReadRow, raw: str) -> Value | Miss:
        """The village, in the official's area alone; of a village's official their own where nothing stands there."""
        own, places = self._asked.official.division or "", self._asked.given.places
        above = row.raw.get(TOWNSHIP, "")
        if not raw:
            return Value(own) if len(own) == 12 else Miss("form.missing")
        text = raw if not above or raw.isdigit() or raw.startswith(above) else f"{above}{raw}"
        read = self._field(replace(question, answer=Place(within=own)), text, {})
        if isinstance(read, Value):
            group = group_at_end(raw)
            return replace(read, also={"group": group} if group else {})
        anywhere = self._field(replace(question, key="#anywhere", answer=Place()), text, {})
        if isinstance(anywhere, Value) and not str(anywhere.value).startswith(own):
            return Miss("import.wrong.outside", {"village": places.label(str(anywhere.value))})
        return read
