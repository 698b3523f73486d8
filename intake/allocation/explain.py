"""Why a household is proposed what it is, as codes and numbers that a page puts into words and a row can keep."""

from typing import Any

from intake.allocation.result import Proposal
from intake.allocation.score import Weights


def explanation(proposal: Proposal, weights: Weights) -> dict[str, Any]:
    """Plain JSON: the tier, ``reasons`` (categories, heaviest first), the points, persons in need, fen a person and
    altogether, whether the household cap lowered it (L4), and why it is not one tier more. Nothing personal but what
    the case itself says of the household."""
    household = proposal.household
    return {
        "tier": proposal.tier,
        "reasons": list(proposal.score.reasons(weights)),
        "disasters": len(set(household.disasters)),
        "points": proposal.score.points,
        "persons": household.persons,
        "size": household.size,
        "per_person_fen": proposal.per_person_fen,
        "amount_fen": proposal.amount_fen,
        "capped": proposal.capped,
        "limit": proposal.limit.value,
    }
