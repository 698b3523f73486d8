"""The rules of the seeds as pure functions: each guard looks at the facts and says why not, naming its rule."""

from intake.rules.actors import (
    SHORTEST_REASON,
    acts_once,
    appeals_in_time,
    gives_reason,
    is_not_a_relative,
    is_not_the_nominator,
    is_the_applicant,
    is_theirs,
)
from intake.rules.amounts import amount_within_bounds, tier_amount_fen
from intake.rules.facts import Facts, Refusal, Words
from intake.rules.hit import may_go_simplified, was_hit
from intake.rules.meeting import enough_present, met_after_the_step_before, votes_carry, votes_do_not_carry
from intake.rules.notice import (
    PUBLIC_FACTS,
    mark_of,
    notice_days_are_over,
    notice_end,
    notice_end_of,
    notice_is_running,
    notice_line,
)
from intake.rules.paying import (
    card_is_their_own,
    goes_to_a_card,
    paid_after_the_decision,
    paid_not_in_future,
    was_released,
)
from intake.rules.sharing import LEAST_IN_PLACE, LEAST_PLACES, Share, equal_by_area, equal_shares

__all__ = [
    "LEAST_IN_PLACE",
    "LEAST_PLACES",
    "PUBLIC_FACTS",
    "SHORTEST_REASON",
    "Facts",
    "Refusal",
    "Share",
    "Words",
    "acts_once",
    "amount_within_bounds",
    "appeals_in_time",
    "card_is_their_own",
    "enough_present",
    "equal_by_area",
    "equal_shares",
    "gives_reason",
    "goes_to_a_card",
    "is_not_a_relative",
    "is_not_the_nominator",
    "is_the_applicant",
    "is_theirs",
    "mark_of",
    "may_go_simplified",
    "met_after_the_step_before",
    "notice_days_are_over",
    "notice_end",
    "notice_end_of",
    "notice_is_running",
    "notice_line",
    "paid_after_the_decision",
    "paid_not_in_future",
    "tier_amount_fen",
    "votes_carry",
    "votes_do_not_carry",
    "was_hit",
    "was_released",
]
