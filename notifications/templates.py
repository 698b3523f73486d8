"""Which step of the procedure tells which message: the catalog key, and the facts that its text needs.

Every step tells the applicant, or the nominator who applied for them: what was decided, why, what comes next and
when, and the complaint hotline (L8, L12, G5). A message holds facts of that person's own case alone; what others said
in an objection is not among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.procedure import Action, Pass

REASON = "reason"
"""Why: what the official wrote with the decision."""
CLOSES_AT = "closes_at"
"""The end of the notice."""
AMOUNT = "amount"
"""Tier and money of the grant."""
PAYMENT = "payment"
"""Money, day and the card's last four digits."""


@dataclass(frozen=True, slots=True)
class Template:
    """A catalog key, and what its text needs besides what every message has (case number, village, telephones, days
    of the notice, last day of payment)."""

    key: str
    needs: frozenset[str] = frozenset()


def _of(key: str, *needs: str) -> Template:
    return Template(f"message.{key}", frozenset(needs))


QUIET = frozenset({Action.BATCH})
"""Steps of which nobody is told: the one before said that this comes next, and the one after says what came of it."""

TEMPLATES: Mapping[tuple[Pass, Action], Template] = {
    (Pass.NEED, Action.PASS_REVIEW): _of("need.reviewed"),
    (Pass.NEED, Action.PASS_SIMPLIFIED): _of("need.simplified"),
    (Pass.NEED, Action.REFUSE_REVIEW): _of("need.refused_by_village", REASON),
    (Pass.NEED, Action.OPEN_NOTICE): _of("need.on_notice", CLOSES_AT),
    (Pass.NEED, Action.OBJECT): _of("held"),
    (Pass.NEED, Action.DISMISS): _of("objection_dismissed"),
    (Pass.NEED, Action.UPHOLD): _of("objection_upheld", REASON),
    (Pass.NEED, Action.CLOSE_NOTICE): _of("need.proposed"),
    (Pass.NEED, Action.PASS_AUDIT): _of("need.audited"),
    (Pass.NEED, Action.CUT): _of("need.cut", REASON),
    (Pass.NEED, Action.ACCEPT): _of("need.accepted"),
    (Pass.NEED, Action.REFUSE): _of("need.refused_by_county", REASON),
    (Pass.NEED, Action.RETURN): _of("returned", REASON),
    (Pass.NEED, Action.WITHDRAW): _of("withdrawn"),
    (Pass.GRANT, Action.PASS_REVIEW): _of("grant.reviewed", AMOUNT),
    (Pass.GRANT, Action.PASS_SIMPLIFIED): _of("grant.simplified", AMOUNT),
    (Pass.GRANT, Action.REFUSE_REVIEW): _of("grant.refused_by_village", REASON),
    (Pass.GRANT, Action.OPEN_NOTICE): _of("grant.on_notice", CLOSES_AT),
    (Pass.GRANT, Action.OBJECT): _of("held"),
    (Pass.GRANT, Action.DISMISS): _of("objection_dismissed"),
    (Pass.GRANT, Action.UPHOLD): _of("objection_upheld", REASON),
    (Pass.GRANT, Action.CLOSE_NOTICE): _of("grant.proposed"),
    (Pass.GRANT, Action.PASS_AUDIT): _of("grant.audited"),
    (Pass.GRANT, Action.CUT): _of("grant.cut", REASON),
    (Pass.GRANT, Action.ACCEPT): _of("grant.accepted", AMOUNT),
    (Pass.GRANT, Action.REFUSE): _of("grant.refused_by_county", REASON),
    (Pass.GRANT, Action.RETURN): _of("returned", REASON),
    (Pass.GRANT, Action.WITHDRAW): _of("withdrawn"),
    **{
        (pass_, action): _of(key, *needs)
        for pass_ in Pass
        for action, key, needs in (
            (Action.ASK, "asked", (REASON,)),
            (Action.COMPLETE, "completed", ()),
            (Action.APPEAL, "appealed", ()),
            (Action.ALLOW_APPEAL, "appeal_allowed", (REASON,)),
            (Action.REJECT_APPEAL, "appeal_rejected", (REASON,)),
            (Action.REOPEN, "reopened", (REASON,)),
        )
    },
    (Pass.GRANT, Action.PAY): _of("paid", PAYMENT),
}
