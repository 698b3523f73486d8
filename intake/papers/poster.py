"""The notice for the village's wall (L7, L8): A3, large type, two codes. Nothing on it that was not posted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from string import Formatter

from intake.papers.money import yuan
from intake.papers.qr import Code, drawing
from intake.papers.typesetting import typeset
from locales import Texts
from locales.dates import long_date, moment
from locales.figures import listed, money

_TEMPLATE = Path(__file__).parent / "poster.typ"
_WIDTHS = (4.4, 2.0, 4.6, 2.4)


@dataclass(frozen=True, slots=True)
class Posted:
    """One line: the public facts of L8, and the amount in fen where the scheme shows it."""

    head: str
    persons: int
    reliefs: Sequence[str]
    amount_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Poster:
    """A notice. ``place`` is the village with its township, ``village`` its name without 村; ``tiers`` are fen per
    person by code; instants are in China's
    time; ``public`` leads to the notice on the web, ``report`` to where irregularities are told."""

    place: str
    village: str
    pass_: str
    scheme: str
    document: str
    opens_at: datetime
    closes_at: datetime
    days: int
    hotline: str
    tiers: Sequence[tuple[str, int]]
    household_cap_fen: int
    lines: Sequence[Posted]
    public: Code
    report: Code


def poster(t: Texts, facts: Poster) -> bytes:
    """The notice as PDF; a part of a second of one core: call it in a thread.

    Raises:
        MissingGlyphsError: a character that would be printed as an empty box.
    """
    amounts = any(one.amount_fen for one in facts.lines)
    heads = ("head", "persons", "reliefs", "amount")[: 4 if amounts else 3]
    codes = (
        replace(facts.public, caption=(t("papers.poster.public"), *facts.public.caption)),
        replace(facts.report, caption=(t("papers.poster.report"), *facts.report.caption)),
    )
    body = {
        "title": t("papers.poster.title"),
        "place": facts.place,
        "lead": t("papers.poster.lead", scheme=facts.scheme, what=t(f"papers.poster.what.{facts.pass_}")),
        "days": t(
            "papers.poster.days",
            days=facts.days,
            opens=moment(t, facts.opens_at),
            closes=moment(t, facts.closes_at),
        ),
        "widths": _WIDTHS[: len(heads)],
        "heads": [t(f"public.column.{key}") for key in heads],
        "rows": [_row(t, one)[: len(heads)] for one in facts.lines],
        "four": _four(t, facts),
        "object": t("papers.poster.object"),
        "hotline": (t("papers.poster.hotline"), facts.hotline),
        "stamp": t("papers.poster.stamp", village=facts.village),
        "opens": long_date(t, facts.opens_at.date()),
        "codes": [{"drawing": drawing(code), "caption": code.caption} for code in codes],
        "page": [words for words, _, _, _ in Formatter().parse(t("papers.page") + "{}")],
    }
    return typeset(_TEMPLATE, body)


def _row(t: Texts, one: Posted) -> tuple[str, ...]:
    amount = "" if one.amount_fen is None else t("papers.poster.yuan", yuan=yuan(one.amount_fen))
    return (
        one.head,
        t("public.persons", n=one.persons),
        listed(t, (t(f"relief.{code}") for code in one.reliefs)),
        amount,
    )


def _four(t: Texts, facts: Poster) -> tuple[str, ...]:
    """The four things that are public: source of the money, principle, recipients, standard (L7)."""
    tiers = (
        t("public.standard.tier", tier=t(f"tier.{code}") if t.has(f"tier.{code}") else code, amount=money(t, fen))
        for code, fen in facts.tiers
    )
    standard = "".join(tiers) + t("public.standard.cap", amount=money(t, facts.household_cap_fen))
    return (
        t("papers.poster.four.source", text=t("public.source.text", document=facts.document)),
        t("papers.poster.four.principle", text=t("public.principle.text")),
        t(
            "papers.poster.four.recipients",
            households=len(facts.lines),
            persons=sum(one.persons for one in facts.lines),
        ),
        t("papers.poster.four.standard", text=standard),
    )
