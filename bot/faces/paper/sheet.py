"""Form 1 (受灾人员生活困难救助申请表) before it is drawn: what stands on the page, in order. Pure.

The rows are made from the flow's own questions, so a question that is added to the flow stands on the paper. A heading
is the text ``<flow>.<key>.paper`` where the official form has other words than the talk's summary.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from string import Formatter
from types import MappingProxyType
from typing import Any

from bot.answers.base import Given
from bot.answers.yes import NO, YES
from bot.faces.fields import LONG, ask
from bot.flow import Flow, Question
from intake.papers.qr import Code
from locales import Texts

SHORT = frozenset({"name", "id_number", "phone", "count", "day", "bank_card", "reference"})
"""Kinds of answer that fit into a cell: three in a row."""
UNPRINTED = frozenset({"photos", "picked"})
"""Kinds that nobody can write by hand."""
_WHOLE = frozenset({"id_number", "bank_card"})
"""Kinds that are shown masked elsewhere and have to be whole on paper."""
_IN_A_ROW = 3
_GROUP = "group"


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on, or what is written on it; ``width`` in characters."""

    text: str = ""
    width: int = 5


Line = tuple[str | Blank, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading and the short text beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entries:
    """Up to three entries side by side."""

    entries: tuple[Entry, ...]
    kind: str = "entries"


@dataclass(frozen=True, slots=True)
class Written:
    """A heading and one line over the whole width."""

    label: str
    line: Line
    kind: str = "written"


@dataclass(frozen=True, slots=True)
class Boxes:
    """A heading and boxes to tick: whether each is ticked, and what it says."""

    label: str
    boxes: tuple[tuple[bool, str], ...]
    kind: str = "boxes"


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and room for sentences; ``signed`` are the lines for the signature at its end; ``large`` gives it the
    room that is left on the page."""

    label: str
    text: str
    large: bool = False
    signed: tuple[Line, ...] = ()
    kind: str = "passage"


Row = Entries | Written | Boxes | Passage


@dataclass(frozen=True, slots=True)
class Filed:
    """What is known of an application that was filed: its ``number``, the day, and who nominated (empty for those who
    applied themselves)."""

    number: str
    on: date
    nominator: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page."""

    title: str
    head: tuple[Line, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    code: Code | None = None

    def to_json(self) -> dict[str, Any]:
        """For the template of the PDF, without the code."""
        return {key: value for key, value in asdict(replace(self, code=None)).items() if key != "code"}


def sheet(
    flow: Flow,
    given: Given,
    village: str = "",
    answers: Mapping[str, Any] = MappingProxyType({}),
    filed: Filed | None = None,
    code: Code | None = None,
) -> Sheet:
    """The form of ``flow`` for a ``village`` (its code, or nothing), blank or with ``answers``.

    Raises:
        KeyError: no such village.
    """
    t = given.texts
    asked = {place.key: village for place in (flow.place(),) if place and village}
    given = replace(given, answers={**asked, **answers}, disasters=())
    if filed:
        return Sheet(
            t("paper.title"),
            (_area(given, village), _day(t, "paper.date", filed.on)),
            _rows(flow, given, _signature(t, filed)),
            (t("paper.note"), t("paper.filed", number=filed.number)),
            code,
        )
    head = (_area(given, village), _day(t, "paper.date"))
    return Sheet(t("paper.title"), head, _rows(flow, given, _signature(t)), (t("paper.note"),), code)


def blanks(text: str, **filled: Blank) -> Line:
    """A text from the catalogs as a line; its fields are blanks."""
    line: list[str | Blank] = []
    for words, field, _, _ in Formatter().parse(text):
        line += [words] if words else []
        line += [filled.get(field, Blank())] if field else []
    return tuple(line)


def _area(given: Given, village: str) -> Line:
    names = [_short(given, village[:digits]) if village else "" for digits in (6, 9, 12)]
    county, township, place = (Blank(name, 6) for name in names)
    return blanks(given.texts("paper.area"), county=county, township=township, village=place)


def _short(given: Given, code: str) -> str:
    """A division's name for a line at whose end its kind is printed: 石门 before 村.

    Raises:
        KeyError: no such division.
    """
    row = given.places.get(code)
    if row is None:
        raise KeyError(code)
    end = given.texts("paper.village.end")
    return row.short.removesuffix(end) if len(row.short) > len(end) + 1 else row.short


def _day(t: Texts, key: str, day: date | None = None) -> Line:
    year, month, of_month = (str(part) for part in (day.year, day.month, day.day)) if day else ("", "", "")
    return blanks(t(key), year=Blank(year, 3), month=Blank(month, 2), day=Blank(of_month, 2))


def _signature(t: Texts, filed: Filed | None = None) -> tuple[Line, ...]:
    name = Blank(filed.nominator if filed else "", 12)
    return blanks(t("paper.signature"), name=name), _day(t, "paper.signed_on")


def _rows(flow: Flow, given: Given, signed: tuple[Line, ...]) -> tuple[Row, ...]:
    rows: list[Row] = []
    cells: list[Entry] = []
    printed = [one for one in flow.questions if not one.gate and one.answer.kind not in UNPRINTED]
    large = next((one.key for one in printed if _is_long(one) and not one.optional), "")
    group = next((one for one in printed if one.key == _GROUP), None)
    placed = next((one.key for one in printed if one.answer.kind == "place"), "")
    for question in printed:
        if question is group and placed:
            continue
        if question.answer.kind in SHORT and len(cells) < _IN_A_ROW:
            cells.append(Entry(_label(flow, question, given), _shown(question, given)))
            continue
        if cells:
            rows.append(Entries(tuple(cells)))
            cells = []
        if question.answer.kind in SHORT:
            cells.append(Entry(_label(flow, question, given), _shown(question, given)))
        else:
            rows.append(_row(flow, question, given, group, signed if question.key == large else ()))
    if cells:
        rows.append(Entries(tuple(cells)))
    return tuple(rows) if large else (*rows, Passage(given.texts("paper.signing"), "", signed=signed))


def _row(flow: Flow, question: Question, given: Given, group: Question | None, signed: tuple[Line, ...]) -> Row:
    t, label = given.texts, _label(flow, question, given)
    if question.answer.kind == "place":
        code = given.answers.get(question.key) or ""
        village = Blank(_short(given, code) if code else "", 10)
        address = {"village": village} | ({"group": Blank(_shown(group, given), 10)} if group else {})
        return Written(label, blanks(t("paper.address" if group else "paper.address.village"), **address))
    choices = question.answer.choices(given)
    if choices:
        value = given.answers.get(question.key)
        ticked = value if isinstance(value, list) else [(YES if value else NO) if isinstance(value, bool) else value]
        boxes = tuple((code in ticked, text) for code, text in choices)
        return Boxes(t("paper.several", name=label) if question.answer.several else label, boxes)
    if _is_long(question):
        return Passage(label, _shown(question, given), bool(signed), signed)
    return Written(label, (Blank(_shown(question, given), 30),))


def _is_long(question: Question) -> bool:
    return question.answer.kind == "text" and getattr(question.answer, "high", 0) > LONG


def _label(flow: Flow, question: Question, given: Given) -> str:
    keys = (flow.text(question, part) for part in ("paper", "name"))
    return next((given.texts(key) for key in keys if given.texts.has(key)), "") or ask(flow, question, given)


def _shown(question: Question, given: Given) -> str:
    value = given.answers.get(question.key)
    if value is None or value == "":
        return ""
    return str(value) if question.answer.kind in _WHOLE else question.answer.show(given, value)
