"""Who may act on a case, once, and with which words (L8, L12, G5). Pure."""

from datetime import timedelta

from intake.rules.facts import Facts, Refusal

SHORTEST_REASON = 2
"""Characters; applicants must write as many."""


def gives_reason(facts: Facts) -> Refusal | None:
    """L8: whoever is refused, cut or sent back is told why, in words."""
    return None if len(facts.reason.strip()) >= SHORTEST_REASON else Refusal("L8", "refusal.L8.no_reason")


def acts_once(facts: Facts) -> Refusal | None:
    """L12: one person decides a case once, whatever the level."""
    return Refusal("L12", "refusal.L12.acted_before") if facts.actor in facts.acted else None


def is_the_applicant(facts: Facts) -> Refusal | None:
    """L8: an application is withdrawn by the contact that sent it. Others are not even told that there is one."""
    if facts.citizen is None or facts.citizen != facts.applicant:
        return Refusal("L8", "refusal.unknown_case")
    return None


def is_theirs(facts: Facts) -> Refusal | None:
    """L8: a citizen completes and appeals what they applied for; an official writes down what somebody says."""
    return is_the_applicant(facts) if facts.citizen is not None else None


def appeals_in_time(facts: Facts) -> Refusal | None:
    """G5: whoever was refused may say so once, within the days of the scheme; later the county may still reopen."""
    if facts.ready_on is None or facts.today > facts.ready_on + timedelta(days=facts.scheme.appeal_days):
        return Refusal("G5", "refusal.G5.appeal_over", {"days": facts.scheme.appeal_days})
    return None


def is_not_the_nominator(facts: Facts) -> Refusal | None:
    """L12: nobody decides on a case that they nominated."""
    if facts.nominator is not None and facts.nominator == facts.actor:
        return Refusal("L12", "refusal.L12.nominated")
    return None


def is_not_a_relative(facts: Facts) -> Refusal | None:
    """L12: whoever declared that the household is a relative's does not decide on it."""
    return Refusal("L12", "refusal.L12.relative") if facts.actor in facts.relatives else None
