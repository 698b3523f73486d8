"""Annex 1 (受灾群众救助情况统计表, X10): what the affected were given before, by and after the disaster. The emergency
bureau fills its column, civil affairs theirs; whether somebody fell into poverty they fill in together."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.papers.model import Column, Kind, Paper, Row, Table, empty
from intake.papers.money import yuan
from locales import Texts

_ROWS = 12


@dataclass(frozen=True, slots=True)
class Affected:
    """One person. ``area`` reaches to the township; ``given_fen`` is the winter-spring relief."""

    area: str
    name: str
    female: bool | None
    age: int | None
    id_number: str
    address: str
    given_fen: int


@dataclass(frozen=True, slots=True)
class Annex1:
    """The people of one disaster, which is named by its date and kind (6.2风雹灾害)."""

    disaster: str = ""
    rows: Sequence[Affected] = ()


def annex1(t: Texts, facts: Annex1) -> Paper:
    """The paper; without rows it is blank."""
    columns = (
        Column(t("papers.no"), 1.1, Kind.COUNT),
        Column(t("papers.annex1.area"), 2.8),
        Column(t("papers.annex1.name"), 2.1),
        Column(t("papers.annex1.sex"), 1.1),
        Column(t("papers.annex1.age"), 1.1, Kind.COUNT),
        Column(t("papers.annex1.id_number"), 4.2),
        Column(t("papers.annex1.address"), 3.4),
        Column(t("papers.annex1.before"), 2.7),
        Column(t("papers.annex1.relief"), 3.0),
        Column(t("papers.annex1.after"), 2.7),
        Column(t("papers.annex1.poor"), 2.5),
    )
    rows = tuple(_row(t, number, one) for number, one in enumerate(facts.rows, 1))
    return Paper(
        mark=t("papers.annex1.mark"),
        title=t("papers.annex1.title", disaster=facts.disaster or t("papers.annex1.unnamed")),
        before=((t("papers.annex1.emergency"), t("papers.annex1.civil")),),
        parts=(Table(columns, rows or empty(columns, _ROWS)),),
        after=tuple((t(f"papers.annex1.note.{number}"),) for number in range(1, 7)),
        page=t("papers.page"),
        landscape=True,
    )


def _row(t: Texts, number: int, one: Affected) -> Row:
    sex = "" if one.female is None else t("papers.annex1.female" if one.female else "papers.annex1.male")
    given = t("papers.annex1.granted", yuan=yuan(one.given_fen)) if one.given_fen else ""
    return Row((number, one.area, one.name, sex, one.age, one.id_number, one.address, "", given, "", ""))
