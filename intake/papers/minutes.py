"""The minutes of a village's democratic review (民主评议会议记录, L7): who met, what was said, and each household's
votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from intake.papers.model import Column, Fields, Kind, Paper, Passage, Row, Table, empty
from intake.papers.words import day
from locales import Texts

_ROWS = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """One household; ``passed`` is None where nobody wrote it down. Money in fen, None in the NEED pass."""

    head: str
    persons: int
    votes_for: int
    votes_against: int
    passed: bool | None
    amount_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting; ``form`` is one of :data:`intake.reviews.FORMS`, ``pass_`` the code of the pass, ``said`` what was
    written down."""

    village: str = ""
    pass_: str = ""
    held_on: date | None = None
    form: str = ""
    present: int | None = None
    said: str = ""
    rows: Sequence[Judged] = ()
    place: str = ""
    hours: tuple[time | None, time | None] = (None, None)
    chair: str = ""
    clerk: str = ""
    attendance: Sequence[str] = ()


def minutes(t: Texts, facts: Minutes) -> Paper:
    """The paper; without a meeting it is blank."""
    fields = (
        ("village", facts.village),
        ("pass", t(f"papers.minutes.pass.{facts.pass_}") if facts.pass_ else ""),
        ("held_on", _when(t, facts)),
        ("place", facts.place),
        ("form", t(f"review.form.{facts.form}") if facts.form else ""),
        ("present", "" if facts.present is None else str(facts.present)),
        ("chair", facts.chair),
        ("writer", facts.clerk),
    )
    columns = (
        Column(t("papers.no"), 1.2, Kind.COUNT),
        Column(t("papers.minutes.head"), 3.6),
        Column(t("papers.minutes.persons"), 2.4, Kind.COUNT),
        Column(t("papers.minutes.for"), 2.4, Kind.COUNT),
        Column(t("papers.minutes.against"), 2.4, Kind.COUNT),
        Column(t("papers.minutes.result"), 2.6),
        Column(t("papers.minutes.amount"), 3.4, Kind.YUAN),
    )
    rows = tuple(_row(t, number, one) for number, one in enumerate(facts.rows, 1))
    passed = sum(one.passed is True for one in facts.rows)
    summed = t("papers.minutes.sum", households=len(rows), passed=passed)
    return Paper(
        title=t("papers.minutes.title"),
        parts=(
            Fields(tuple((t(f"papers.minutes.{key}"), text) for key, text in fields)),
            *(
                (Passage(t("papers.minutes.attendance"), t("papers.minutes.between").join(facts.attendance)),)
                if facts.attendance
                else ()
            ),
            Passage(t("papers.minutes.said"), facts.said or "\n" * 6),
            Table(columns, rows or empty(columns, _ROWS)),
        ),
        after=(
            *(((summed,),) if rows else ()),
            (t("papers.minutes.signed"),),
            ("", t("papers.minutes.stamp")),
            ("", day(t)),
            (t("papers.minutes.note"),),
        ),
        page=t("papers.page"),
    )


def _when(t: Texts, facts: Minutes) -> str:
    hours = "–".join(f"{one:%H:%M}" for one in facts.hours if one is not None)
    return f"{day(t, facts.held_on)} {hours}".rstrip() if facts.held_on else day(t, facts.held_on)


def _row(t: Texts, number: int, one: Judged) -> Row:
    result = "" if one.passed is None else t("papers.minutes.passed" if one.passed else "papers.minutes.refused")
    return Row((number, one.head, one.persons, one.votes_for, one.votes_against, result, one.amount_fen))
