"""A flow as XLSForm, for field teams that collect with ODK or KoboToolbox where there is no network. Pure.

Made from the flow's questions: a new question is in the next form that is fetched. Choices and conditions are those of
the talk; what is collected comes back by :mod:`bot.faces.odk_import`, where every answer is read again as in the talk.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.answers.base import Given
from bot.answers.count import Answered
from bot.answers.explained import plain_words
from bot.faces.fields import LONG, ask
from bot.faces.offered import is_form
from bot.flow import Flow, Question
from bot.flows import FLOWS
from intake.card_numbers import PATTERN
from intake.divisions import Row as Division
from intake.pictures import LONGEST
from locales import Texts, languages, texts

FIELD = ("apply", "nominate", "visit", "discover")
"""Flows that are filled in on the way from house to house."""
FORM = "nuandong_form"
"""The hidden field that says which flow a submission is of."""
PHOTOS = 3
"""Photos of one question at the most: each is a question of its own."""

_ID_NUMBER = "regex(., '^[0-9]{17}[0-9Xx]$')"
_PHONE = r"regex(., '^(\+86)?1[3-9][0-9]{9}$') or regex(., '^0[0-9]{2,3}-?[0-9]{7,8}$')"
_BANK_CARD = f"regex(., '{PATTERN}')"
_TYPES = {"count": "integer", "day": "date", "photos": "image"}
_UNKNOWN = "false()"
"""The condition of a question that hangs on what only the host knows."""

Cells = dict[str, str]
"""A row by the name of its column."""


@dataclass(frozen=True, slots=True)
class Form:
    """The three sheets; each row by the names of its columns."""

    survey: tuple[Cells, ...]
    choices: tuple[Cells, ...]
    settings: Cells


def field_flows() -> tuple[Flow, ...]:
    """The flows that there are as XLSForm."""
    return tuple(FLOWS[name] for name in FIELD if name in FLOWS and is_form(FLOWS[name]))


def xlsform(flow: Flow, given: Callable[[Texts], Given], county: str = "") -> Form:
    """The form of a flow for the villages of ``county`` (six digits), or of all counties that are offered. ``given`` is
    what an answer may look at, in a language."""
    made = _Made(flow, tuple(given(texts(code)) for code in languages()), county)
    made.row("start", "start")
    made.row("deviceid", "deviceid")
    made.row("calculate", FORM, calculation=f"'{flow.name}'")
    for question in flow.questions:
        if question.answer.kind != "picked" and question.when.xpath != _UNKNOWN:
            made.question(question)
    content = orjson.dumps([made.survey, made.choices], option=orjson.OPT_SORT_KEYS)
    home = made.givens[0].texts
    title = home(f"home.{flow.name}")
    area = made.givens[0].places.get(county)
    settings = {
        "form_title": f"{area.name} {title}" if area else title,
        "form_id": f"nuandong_{flow.name}_{county}" if county else f"nuandong_{flow.name}",
        "version": f"{flow.version}-{hashlib.sha256(content).hexdigest()[:10]}",
        "default_language": _column(home),
    }
    return Form(tuple(made.survey), tuple(made.choices), settings)


def _column(t: Texts) -> str:
    """A language as XLSForm names it: 中文 (zh)."""
    return f"{t(f'language.{t.language}')} ({t.locale.language})"


def _meanings(question: Question, given: Given) -> Iterator[str]:
    labels = dict(question.answer.choices(given))
    for code, plain in plain_words(question.answer, given).items():
        yield given.texts("explain.choice", label=labels[code], plain=plain)


@dataclass(slots=True)
class _Made:
    """A form while it is made. ``givens``: one for each language, Chinese first."""

    flow: Flow
    givens: tuple[Given, ...]
    county: str
    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)

    def row(self, kind: str, name: str, **cells: str) -> None:
        """A row of the survey without the cells that are empty."""
        self.survey.append({"type": kind, "name": name, **{key: value for key, value in cells.items() if value}})

    def say(self, column: str, text: Callable[[Given], str]) -> Cells:
        """A column in every language."""
        return {f"{column}::{_column(given.texts)}": text(given) for given in self.givens}

    def key(self, column: str, key: str, **params: object) -> Cells:
        """A text of the catalogs in every language."""
        return self.say(column, lambda given: given.texts(key, **params))

    def question(self, question: Question) -> None:
        """The rows of a question and its choices."""
        cells = {"relevant": question.when.xpath, **self._caption(question), **self._limits(question)}
        if question.asked and not question.optional and question.answer.kind != "photos":
            cells["required"] = "yes"
        match question.answer.kind:
            case "place":
                self._place(question, cells)
            case "photos":
                self._photos(question, cells)
            case kind:
                self.row(self._type(question, kind), question.key, **cells, **self._guidance(question))

    def _caption(self, question: Question) -> Cells:
        """A short caption with the whole question as its hint; where there is no caption, or what is asked has to be
        heard whole, the question alone."""
        name = self.flow.text(question, "name")
        if question.gate or not self.givens[0].texts.has(name):
            return self.say("label", lambda given: ask(self.flow, question, given))
        return self.key("label", name) | self.say("hint", lambda given: ask(self.flow, question, given))

    def _guidance(self, question: Question) -> Cells:
        """What the choices mean, line by line, where the collector asks for more; a choice itself has no hint."""
        if not plain_words(question.answer, self.givens[0]):
            return {}
        return self.say("guidance_hint", lambda given: "\n".join(_meanings(question, given)))

    def _type(self, question: Question, kind: str) -> str:
        listed = [question.answer.choices(given) for given in self.givens]
        if not listed[0] or kind == "day":
            return _TYPES.get(kind, "text")
        columns = [f"label::{_column(given.texts)}" for given in self.givens]
        for options in zip(*listed, strict=True):
            labels = {column: label for column, (_, label) in zip(columns, options, strict=True)}
            self.choices.append({"list_name": question.key, "name": options[0][0], **labels})
        return f"select_{'multiple' if question.answer.several else 'one'} {question.key}"

    def _limits(self, question: Question) -> Cells:
        """The constraint of a kind of answer, and what is said where it does not hold."""
        answer: Any = question.answer
        if question.gate:
            return {"constraint": ". = 'yes'", **self.key("constraint_message", "xlsform.wrong.gate")}
        match answer.kind:
            case "id_number":
                return self._rule(_ID_NUMBER, "xlsform.wrong.id_number")
            case "phone":
                return self._rule(_PHONE, "xlsform.wrong.phone")
            case "bank_card":
                return self._rule(_BANK_CARD, "xlsform.wrong.bank_card")
            case "count":
                return self._count(answer.low, answer.high)
            case "day":
                within = f". <= today() and . >= today() - {answer.back}"
                return self._rule(within, "xlsform.wrong.day", days=answer.back)
            case "many" if answer.none_code and answer.none_alone:
                alone = f"not(selected(., '{answer.none_code}') and count-selected(.) > 1)"
                name = f"{answer.prefix}.{answer.none_code}"
                said = self.say(
                    "constraint_message",
                    lambda given: given.texts("xlsform.wrong.together", name=given.texts(name)),
                )
                return {"constraint": alone, **said}
            case "text":
                low, high = max(answer.low, 1), answer.high
                length = f"string-length(.) >= {low} and string-length(.) <= {high}"
                long = {"appearance": "multiline"} if high > LONG else {}
                return long | self._rule(length, "xlsform.wrong.text", low=low, high=high)
        return {}

    def _rule(self, constraint: str, key: str, **params: object) -> Cells:
        return {"constraint": constraint, **self.key("constraint_message", key, **params)}

    def _count(self, low: int, high: object) -> Cells:
        if not isinstance(high, Answered):
            return self._rule(f". >= {low} and . <= {high}", "xlsform.wrong.count", low=low, high=high)
        before = self.flow.find(high.key)
        if before is None:
            raise ValueError(f"{self.flow.name} has no question {high.key}")
        name = self.flow.text(before, "name")
        said = self.say(
            "constraint_message", lambda given: given.texts("xlsform.wrong.over", low=low, name=given.texts(name))
        )
        return {"constraint": f". >= {low} and . <= ${{{high.key}}}", **said}

    def _photos(self, question: Question, cells: Cells) -> None:
        key, most = question.key, min(getattr(question.answer, "high", PHOTOS), PHOTOS)
        size = {"parameters": f"max-pixels={LONGEST}"}
        self.row("image", key, **cells, **size)
        for number in range(2, most + 1):
            before = key if number == 2 else f"{key}_{number - 1}"
            label = self.key("label", "xlsform.photo.next", number=number)
            self.row("image", f"{key}_{number}", relevant=f"${{{before}}} != ''", **label, **size)

    def _place(self, question: Question, cells: Cells) -> None:
        """From county to township to village, each list cut down by the one before."""
        places, key = self.givens[0].places, question.key
        villages = places.villages(self.county)
        counties = tuple(dict.fromkeys(village.code[:6] for village in villages))
        own: Cells = {name: cells[name] for name in ("relevant", "required") if name in cells}
        narrowed: Cells = {}
        if len(counties) > 1:
            self._list(f"{key}_county", (row for code in counties if (row := places.get(code))))
            self.row(f"select_one {key}_county", f"{key}_county", **own, **self.key("label", "xlsform.county"))
            narrowed = {"choice_filter": f"above = ${{{key}_county}}"}
        self._list(f"{key}_township", places.townships(self.county), 6)
        asked = self.key("label", "xlsform.township")
        self.row(f"select_one {key}_township", f"{key}_township", **own, **asked, **narrowed)
        self._list(key, villages, 9)
        chosen = {"choice_filter": f"above = ${{{key}_township}}", "appearance": "minimal"}
        hints = {name: text for name, text in cells.items() if name.startswith("hint::")}
        self.row(f"select_one {key}", key, **own, **self.key("label", "xlsform.village"), **hints, **chosen)

    def _list(self, name: str, rows: Iterable[Division], above: int = 0) -> None:
        for row in rows:
            named = {f"label::{_column(given.texts)}": row.name for given in self.givens}
            parent = {"above": row.code[:above]} if above else {}
            self.choices.append({"list_name": name, "name": row.code, **named, **parent})
