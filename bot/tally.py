"""Counting what happens at each question, without anything of the person: the funnel of each flow."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.effects import Ask, Effect, Leave, Submit, Summary
from bot.models import StepCount
from bot.session import Session

WHAT = ("reached", "answered", "invalid", "back", "left")
"""What can happen at a question: it was asked, answered, not understood, gone back from, left."""

Step = tuple[str, str, str, str]
"""Flow, question, channel, language."""


class Tally:
    """The counts of one batch, written with it in one statement."""

    def __init__(self) -> None:
        self._counts: dict[Step, Counter[str]] = {}

    def count(
        self, channel: str, language: str, before: Session | None, after: Session, effects: tuple[Effect, ...]
    ) -> None:
        """Count one turn: from ``before`` (None: the flow was just entered) to ``after``."""
        if before is not None and before.flow == after.flow:
            what = _what(before, after, effects)
            if what:
                self._add((after.flow, before.at, channel, language), what)
        asked = any(isinstance(effect, Ask | Summary) for effect in effects)
        if asked and (before is None or before.at != after.at):
            self._add((after.flow, after.at, channel, language), "reached")

    def _add(self, step: Step, what: str) -> None:
        self._counts.setdefault(step, Counter())[what] += 1

    async def write(self, connection: AsyncConnection, day: date, slot: str) -> None:
        """Add the counts to those of the day. Rows of one ``slot`` are written by one process alone, in order."""
        if not self._counts:
            return
        rows = [
            {"day": day, "flow": flow, "question": question, "channel": channel, "language": language, "slot": slot}
            | {what: counts[what] for what in WHAT}
            for (flow, question, channel, language), counts in sorted(self._counts.items())
        ]
        await connection.execute(ADD[connection.dialect.name], rows)


def _what(before: Session, after: Session, effects: tuple[Effect, ...]) -> str:
    if any(isinstance(effect, Leave) for effect in effects):
        return "left"
    if any(isinstance(effect, Submit) for effect in effects) or _given(before, after):
        return "answered"
    if after.misses > before.misses:
        return "invalid"
    return "back" if before.at != after.at and not after.aside else ""


def _given(before: Session, after: Session) -> bool:
    """Whether the question got an answer, or its answer again."""
    missing = object()
    known: Mapping[str, Any] = before.answers
    return before.at in after.answers and after.answers[before.at] != known.get(before.at, missing)


def _add_statement(dialect: Any) -> Any:
    statement = dialect.insert(StepCount)
    sums = {what: getattr(StepCount, what) + statement.excluded[what] for what in WHAT}
    keys = ["day", "flow", "question", "channel", "language", "slot"]
    return statement.on_conflict_do_update(index_elements=keys, set_=sums)


ADD = {"sqlite": _add_statement(sqlite), "postgresql": _add_statement(postgresql)}
