"""Form 3 (受灾人员冬春生活困难救助登记表): the households that a village proposes. Two copies."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.papers.model import Column, Kind, Opinion, Paper, Row, Table, empty
from intake.papers.words import BLANK, BY_HAND, Place, day, written
from locales import Texts
from locales.figures import listed

_ROWS = 11
"""Empty rows of the official form."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One household; ``family`` is a code of :data:`intake.codes.FAMILIES`. ``money_fen`` is None where no amount is
    decided yet. ``cut``: the township did not find it entitled; it stays on the paper and does not count."""

    head: str
    id_number: str
    family: str
    size: int
    persons: int
    money_fen: int | None
    goods: str = ""
    group: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Form3:
    """One village's register; ``audited``: the township has looked at all of it."""

    place: Place = BY_HAND
    rows: Sequence[Registered] = ()
    audited: bool = False


def form3(t: Texts, facts: Form3) -> Paper:
    """The paper; without rows it is blank."""
    columns = (
        Column(t("papers.no"), 1.0, Kind.COUNT),
        Column(t("papers.form3.head"), 2.2),
        Column(t("papers.form3.id_number"), 3.7),
        Column(t("papers.form3.family"), 2.5),
        Column(t("papers.form3.size"), 1.2, Kind.COUNT),
        Column(t("papers.form3.persons"), 1.5, Kind.COUNT),
        Column(t("papers.form3.money"), 1.8, Kind.YUAN),
        Column(t("papers.form3.goods"), 1.9),
        Column(t("papers.form3.payment"), 2.2),
    )
    rows = tuple(_row(t, number, one) for number, one in enumerate(facts.rows, 1))
    return Paper(
        mark=t("papers.form3.mark"),
        title=t("papers.form3.title"),
        parts=(Table(columns, rows or empty(columns, _ROWS)), _village(t, facts), _township(t, facts)),
        after=(
            (
                t(
                    "papers.form3.unit",
                    township=written(facts.place.township),
                    village=written(facts.place.village),
                ),
            ),
            (t("papers.form3.note"),),
        ),
        page=t("papers.page"),
    )


def _row(t: Texts, number: int, one: Registered) -> Row:
    payment = t("papers.cut" if one.cut else "papers.card")
    cells = (
        number,
        one.head,
        one.id_number,
        t(f"family.{one.family}"),
        one.size,
        one.persons,
        one.money_fen,
        one.goods,
        payment,
    )
    return Row(cells, one.cut)


def _village(t: Texts, facts: Form3) -> Opinion:
    """What the village verified, natural village by natural village: all that it sent up."""
    groups: dict[str, list[Registered]] = {}
    for one in facts.rows:
        name = one.group.removesuffix(t("papers.form3.group.end")) or facts.place.village
        groups.setdefault(name, []).append(one)
    said = [_group(t, name, str(len(rows)), str(sum(one.persons for one in rows))) for name, rows in groups.items()]
    return Opinion(
        label=t("papers.form3.village"),
        text=t("papers.form3.verified", groups=listed(t, said or [_group(t, BLANK, BLANK, BLANK)])),
        signed=(t("papers.form3.village.stamp"), day(t)),
    )


def _group(t: Texts, name: str, households: str, persons: str) -> str:
    return t("papers.form3.group", group=written(name), households=households, persons=persons)


def _township(t: Texts, facts: Form3) -> Opinion:
    """What the township audited: those that pass, and those that it cut."""
    passed = [one for one in facts.rows if not one.cut]
    cut = [one for one in facts.rows if one.cut]
    counts = {
        "households": len(passed),
        "persons": sum(one.persons for one in passed),
        "cut": len(cut),
        "cut_persons": sum(one.persons for one in cut),
    }
    fields = {name: str(count) if facts.audited else BLANK for name, count in counts.items()}
    return Opinion(
        label=t("papers.form3.township"),
        text=t("papers.form3.audited", village=written(facts.place.village), **fields),
        signed=(t("papers.form3.township.stamp"), day(t)),
    )
