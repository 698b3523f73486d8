"""The evaluation report (绩效评估报告, L10): what the season's work came to, in figures and charts. What the figures
cannot say is left to be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from intake.papers.model import Bar, Chart, Column, Kind, Paper, Passage, Row, Table
from intake.papers.money import capitals, wan, yuan
from intake.papers.words import day
from locales import Texts
from locales.dates import long_date
from locales.figures import listed

_DASH = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One place: households and persons by how far they came. Money in fen."""

    place: str
    applied: int = 0
    needed: int = 0
    needed_persons: int = 0
    granted: int = 0
    granted_persons: int = 0
    granted_fen: int = 0
    paid: int = 0
    paid_fen: int = 0
    goods_fen: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A season of one area. ``tiers`` and ``families`` are households by code, of those granted; ``in_time`` were paid
    before ``pay_before``; ``villages`` names the columns' places villages, not townships."""

    place: str
    scheme: str
    document: str
    opens_on: date
    pay_before: date
    disasters: Sequence[str]
    notice_days: int
    lines: Sequence[Line]
    persons: int
    paid_persons: int
    in_time: int
    villages: int
    meetings: int
    notices: int
    objections: int
    upheld: int
    open: int
    cut: int
    cut_persons: int
    tiers: Mapping[str, int]
    families: Mapping[str, int]
    supplied: int = 0
    """Households that were handed goods."""
    of_villages: bool = False

    def total(self, place: str = "") -> Line:
        """All places together."""
        sums = {one.name: sum(getattr(line, one.name) for line in self.lines) for one in fields(Line)[1:]}
        return Line(place, **sums)


def evaluation(t: Texts, facts: Evaluation) -> Paper:
    """The report."""
    places = tuple(Bar(one.place, one.granted_fen, yuan(one.granted_fen)) for one in facts.lines if one.granted_fen)
    return Paper(
        title=t("papers.evaluation.title", scheme=facts.scheme),
        before=((t("papers.evaluation.unit", place=facts.place), day(t)),),
        parts=(
            Passage(t("papers.evaluation.basis"), _basis(t, facts)),
            Passage(t("papers.evaluation.steps"), _steps(t, facts)),
            _stages(t, facts.total()),
            Passage(t("papers.evaluation.money"), _money(t, facts)),
            *_charts(t, facts),
            *((Chart(t("papers.evaluation.places"), places),) if places else ()),
            _table(t, facts),
            *(Passage(t(f"papers.evaluation.{key}"), t(f"papers.evaluation.{key}.text")) for key in _TO_WRITE),
        ),
        after=(("", t("papers.evaluation.stamp")), ("", day(t))),
        page=t("papers.page"),
    )


_TO_WRITE = ("effect", "problems")


def _basis(t: Texts, facts: Evaluation) -> str:
    return t(
        "papers.evaluation.basis.text",
        document=facts.document,
        place=facts.place,
        disasters=listed(t, (t(f"disaster.{code}") for code in facts.disasters)) or _DASH,
        opens=long_date(t, facts.opens_on),
        villages=facts.villages,
        households=facts.total().applied,
        persons=facts.persons,
    )


def _steps(t: Texts, facts: Evaluation) -> str:
    total = facts.total()
    return t(
        "papers.evaluation.steps.text",
        meetings=facts.meetings,
        notices=facts.notices,
        days=facts.notice_days,
        objections=facts.objections,
        upheld=facts.upheld,
        open=facts.open,
        cut=facts.cut,
        cut_persons=facts.cut_persons,
        needed=total.needed,
        needed_persons=total.needed_persons,
    )


def _money(t: Texts, facts: Evaluation) -> str:
    total = facts.total()
    goods = (
        t("papers.evaluation.goods", households=facts.supplied, yuan=yuan(total.goods_fen)) if facts.supplied else ""
    )
    share = f"{total.paid_fen * 1000 // total.granted_fen / 10:.1f}%" if total.granted_fen else _DASH
    return (
        t(
            "papers.evaluation.money.text",
            granted=total.granted,
            granted_persons=total.granted_persons,
            granted_yuan=yuan(total.granted_fen),
            granted_wan=wan(total.granted_fen),
            granted_capitals=capitals(total.granted_fen),
            paid=total.paid,
            paid_persons=facts.paid_persons,
            paid_yuan=yuan(total.paid_fen),
            paid_capitals=capitals(total.paid_fen),
            share=share,
            before=long_date(t, facts.pay_before),
            in_time=facts.in_time,
        )
        + goods
    )


def _stages(t: Texts, total: Line) -> Chart:
    counts = {"applied": total.applied, "needed": total.needed, "granted": total.granted, "paid": total.paid}
    bars = tuple(_bar(t, t(f"papers.evaluation.stage.{key}"), count) for key, count in counts.items())
    return Chart(t("papers.evaluation.stages"), bars)


def _charts(t: Texts, facts: Evaluation) -> tuple[Chart, ...]:
    """Households by tier and by family type."""
    made = []
    for title, kind, counts in (("tiers", "tier", facts.tiers), ("families", "family", facts.families)):
        keys = ((code, f"{kind}.{code}", count) for code, count in counts.items())
        bars = tuple(_bar(t, t(key) if t.has(key) else code, count) for code, key, count in keys)
        if bars:
            made.append(Chart(t(f"papers.evaluation.{title}"), bars))
    return tuple(made)


def _bar(t: Texts, label: str, count: int) -> Bar:
    return Bar(label, count, t("papers.evaluation.households", n=count))


def _table(t: Texts, facts: Evaluation) -> Table:
    keys = [one.name for one in fields(Line)]
    columns = tuple(
        Column(
            t("papers.evaluation.table.village" if key == "place" and facts.of_villages else _HEADING + key),
            3.2 if key == "place" else 2.2 if key.endswith("_fen") else 1.6,
            Kind.TEXT if key == "place" else Kind.YUAN if key.endswith("_fen") else Kind.COUNT,
        )
        for key in keys
    )
    lines = (*facts.lines, facts.total(t("papers.evaluation.sum")))
    return Table(columns, tuple(Row(tuple(getattr(line, key) for key in keys)) for line in lines))


_HEADING = "papers.evaluation.table."
