"""Form 2 (受灾人员冬春生活困难救助审批表): the township asks, the county approves. Two copies."""

from dataclasses import dataclass
from datetime import date

from intake.papers.model import Opinion, Paper
from intake.papers.words import BLANK, BY_HAND, Place, Sum, day, in_capitals, in_wan, joined, written
from locales import Texts


@dataclass(frozen=True, slots=True)
class Form2:
    """One batch of a township: what it ``audited``, and what the county ``decided``; None where nobody has yet.
    What was decided is the sum of form 4, to the fen."""

    place: Place = BY_HAND
    on: date | None = None
    audited: Sum | None = None
    decided: Sum | None = None


def form2(t: Texts, facts: Form2) -> Paper:
    """The paper; without facts it is blank."""
    return Paper(
        mark=t("papers.form2.mark"),
        title=t("papers.form2.title"),
        before=((t("papers.form2.unit", township=written(facts.place.township)), day(t, facts.on)),),
        parts=(
            _opinion(t, "township", "audited", facts.audited, facts.place),
            _opinion(t, "county", "decided", facts.decided, facts.place),
        ),
        after=((t("papers.form2.note"),),),
    )


def _opinion(t: Texts, office: str, said: str, counted: Sum | None, place: Place) -> Opinion:
    fields = {
        "households": str(counted.households) if counted else BLANK,
        "persons": str(counted.persons) if counted else BLANK,
        "money": in_wan(counted.money_fen if counted else None),
        "goods": in_wan(counted.goods_fen if counted else None),
        "total": in_wan(counted.total_fen if counted else None),
        "county": written(place.county),
    }
    return Opinion(
        label=t(f"papers.form2.{office}"),
        text=joined((t(f"papers.form2.{said}", **fields), in_capitals(t, counted.total_fen if counted else None))),
        signed=(t(f"papers.form2.{office}.stamp"), day(t)),
        tall=True,
    )
