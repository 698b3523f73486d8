"""What a village's meeting may say, and when it may (L7, L8). Pure."""

from intake.rules.facts import Facts, Refusal
from intake.scheme import SchemeContent


def votes_carry(facts: Facts) -> Refusal | None:
    """L7: a household passes when more of those present are for it than against."""
    if facts.votes_for + facts.votes_against > facts.present:
        return Refusal("L7", "refusal.L7.more_votes_than_people", {"present": facts.present})
    if facts.votes_for <= facts.votes_against:
        return Refusal("L7", "refusal.L7.not_carried")
    return None


def votes_do_not_carry(facts: Facts) -> Refusal | None:
    """L7, L12: a meeting that was for a household is never recorded as against it; without a vote it may refuse."""
    if facts.votes_for + facts.votes_against > facts.present:
        return Refusal("L7", "refusal.L7.more_votes_than_people", {"present": facts.present})
    if facts.votes_for > facts.votes_against:
        return Refusal("L7", "refusal.L7.carried")
    return None


def met_after_the_step_before(facts: Facts) -> Refusal | None:
    """L8: a meeting reviews what lies before it; one from before the application, or from before the first pass was
    decided, did not."""
    if facts.held_on is not None and facts.ready_on is not None and facts.held_on < facts.ready_on:
        return Refusal("L8", "refusal.L8.met_too_early", {"ready_on": facts.ready_on})
    return None


def enough_present(scheme: SchemeContent, present: int, called: int | None) -> Refusal | None:
    """L7: a meeting decides when as many are there as the scheme asks for: a number, a share of those ``called``."""
    least, share = scheme.quorum.present, scheme.quorum.share_percent
    if present < least:
        return Refusal("L7", "refusal.L7.too_few", {"present": present, "least": least})
    if share and not called:
        return Refusal("L7", "refusal.L7.nobody_called", {"share": share})
    if called is not None and present > called:
        return Refusal("L7", "refusal.L7.more_present_than_called", {"present": present, "called": called})
    if share and called and present * 100 < called * share:
        least = -(-called * share // 100)
        return Refusal("L7", "refusal.L7.too_small_a_share", {"share": share, "called": called, "least": least})
    return None
