"""What was typed of one household on the form of a review meeting, and what the rules say against it.

The procedure asks the same rules again when the meeting is recorded. Here they are asked so that everything that is
wrong with a long form is said at once, each at its field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from admin.forms import Form
from intake import rules
from intake.procedure import Pass
from intake.reads.heads import Named
from intake.relatives import KINSHIP, Kin, kin_fault
from intake.reviews import Verdict
from intake.rules import Facts, Refusal, tier_amount_fen
from intake.scheme import SchemeContent
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class Sitting:
    """What all households of one meeting share; ``present`` is None where the form does not say it."""

    now: datetime
    pass_: Pass
    scheme: SchemeContent
    village: str
    present: int | None


def read_verdict(form: Form, case_id: int, sitting: Sitting, named: Named | None) -> Verdict | None:
    """What was typed of one household; None where nothing was chosen and nothing typed. What is wrong is noted in the
    form; of a household that is not ours (``named`` None) only what can be seen without it."""
    chosen = form.choice(f"verdict-{case_id}", ("pass", "simplified", "refuse"))
    if not chosen:
        if any(form.text(f"{field}-{case_id}") for field in ("for", "against", "reason")):
            form.wrong(f"verdict-{case_id}", "admin.wrong.verdict")
        return None
    verdict = _typed(form, case_id, chosen, sitting, named)
    for field, said in _against(verdict, sitting, named):
        if not (field == "for" and f"against-{case_id}" in form.errors):
            form.against(f"{field}-{case_id}", said)
    return verdict


def read_kin(form: Form, case_id: int) -> Kin | None:
    """Who has to stay out of one household's review, as a relative (L12); None where nothing was typed."""
    name, relation = f"kin-name-{case_id}", f"kin-relation-{case_id}"
    kin = Kin(form.choice(relation, KINSHIP), form.text(name))
    if not kin.name and not kin.relation:
        return None
    if not kin.name:
        form.wrong(name, "admin.relative.no_name")
    elif (fault := kin_fault(kin)) is not None:
        form.against(name if kin.relation else relation, fault)
    return kin


def _typed(form: Form, case_id: int, chosen: str, sitting: Sitting, named: Named | None) -> Verdict:
    passed, simplified = chosen != "refuse", chosen == "simplified"
    votes_for = votes_against = 0
    if not simplified:
        votes_for, votes_against = form.count(f"for-{case_id}"), form.count(f"against-{case_id}")
    reason = form.text(f"reason-{case_id}")
    if not passed or sitting.pass_ is Pass.NEED:
        return Verdict(passed, votes_for, votes_against, reason, simplified=simplified)
    tier, statement = form.text(f"tier-{case_id}"), form.text(f"statement-{case_id}")
    amount = form.amount_fen(f"amount-{case_id}")
    if not form.text(f"amount-{case_id}") and tier in sitting.scheme.tiers and named is not None:
        amount = tier_amount_fen(sitting.scheme, tier, named.persons)
    return Verdict(passed, votes_for, votes_against, reason, tier or None, amount, statement, simplified)


def _against(verdict: Verdict, sitting: Sitting, named: Named | None) -> Iterator[tuple[str, Refusal]]:
    """What the rules say against a verdict, with the field at which it is said."""
    votes = verdict.votes_for + verdict.votes_against
    facts = Facts(
        now=sitting.now,
        today=china_date(sitting.now),
        scheme=sitting.scheme,
        village=sitting.village,
        disasters=(),
        persons_in_need=named.persons if named else 0,
        reason=verdict.reason,
        votes_for=verdict.votes_for,
        votes_against=verdict.votes_against,
        present=votes if sitting.present is None else sitting.present,
        tier=verdict.tier,
        amount_fen=verdict.amount_fen,
        statement=verdict.statement,
    )
    if not verdict.simplified:
        said = rules.votes_carry(facts) if verdict.passed else rules.votes_do_not_carry(facts)
        if said is not None:
            yield "for", said
    if verdict.simplified or not verdict.passed:
        said = rules.gives_reason(facts)
        if said is not None:
            yield "reason", said
    if verdict.passed and sitting.pass_ is Pass.GRANT and named is not None:
        said = rules.amount_within_bounds(facts)
        if said is not None:
            yield "tier" if said.key == "refusal.L4.no_tier" else "amount", said
