"""Whom the season is for (L1), and who may go without a vote (X5). Pure."""

from intake.rules.facts import Facts, Refusal


def was_hit(facts: Facts) -> Refusal | None:
    """L1: only those hit by this season's disasters; villages and groups that were not hit are out."""
    hit = facts.scheme.disasters_of(facts.village)
    if not hit:
        return Refusal("L1", "refusal.L1.village_not_hit")
    if facts.scheme.group_was_hit(facts.village, facts.group) is False:
        return Refusal("L1", "refusal.L1.group_not_hit", {"group": facts.group})
    if not set(hit) & set(facts.disasters):
        return Refusal("L1", "refusal.L1.other_disaster", {"disasters": hit})
    return None


def may_go_simplified(facts: Facts) -> Refusal | None:
    """X5: only a household of a category that the scheme names may be passed without a vote."""
    named = facts.scheme.simplified
    if not named:
        return Refusal("X5", "refusal.X5.nobody")
    if not set(named) & set(facts.categories):
        return Refusal("X5", "refusal.X5.other_category", {"categories": named})
    return None
