"""The procedure as one table: who may move a case from which state to which, in both passes (L8, L11).

The NEED pass says who is in need; the GRANT pass says how much. Both go 户报 → 村评 → 公示 → 乡审 → 县定; the
application is shared. Everything here is pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from intake import rules
from intake.rules import Facts, Refusal


class Pass(StrEnum):
    """The two passes of a season (L11)."""

    NEED = "need"
    GRANT = "grant"


class State(StrEnum):
    """Where a case stands in a pass."""

    APPLIED = "applied"
    REVIEWED = "reviewed"
    ON_NOTICE = "on_notice"
    HELD = "held"
    PROPOSED = "proposed"
    AUDITED = "audited"
    """The township has passed it; it is not on a batch yet."""
    BATCHED = "batched"
    """On a batch that waits for the county (form 2)."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CUT = "cut"
    PAID = "paid"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    """The village waits for the applicant (补齐补正)."""
    ASKED_VILLAGE = "asked_village"
    """The township waits for the village (补齐补正)."""
    ASKED_TOWNSHIP = "asked_township"
    """The county waits for the township (补齐补正)."""
    APPEALED = "appealed"
    FINAL = "final"
    """Refused, appealed, and refused by the county once more."""


class Action(StrEnum):
    """What moves a case."""

    PASS_REVIEW = "pass_review"  # noqa: S105
    PASS_SIMPLIFIED = "pass_simplified"  # noqa: S105
    """Passed by the village without a vote, where the scheme lets its category go so (X5)."""
    REFUSE_REVIEW = "refuse_review"
    OPEN_NOTICE = "open_notice"
    OBJECT = "object"
    DISMISS = "dismiss"
    UPHOLD = "uphold"
    CLOSE_NOTICE = "close_notice"
    PASS_AUDIT = "pass_audit"  # noqa: S105
    CUT = "cut"
    BATCH = "batch"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RETURN = "return"
    PAY = "pay"
    WITHDRAW = "withdraw"
    ASK = "ask"
    COMPLETE = "complete"
    APPEAL = "appeal"
    ALLOW_APPEAL = "allow_appeal"
    REJECT_APPEAL = "reject_appeal"
    REOPEN = "reopen"


class Role(StrEnum):
    """Who acts. ``CLOCK`` is no person: time alone moves the case. ``CITIZEN`` is no official: they withdraw what they
    applied for, complete it, appeal, and object to a notice."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    CIVIL = "civil"
    INSPECTOR = "inspector"
    ADMIN = "admin"
    CLOCK = "clock"
    CITIZEN = "citizen"


OFFICIALS = frozenset(Role) - {Role.CLOCK, Role.CITIZEN}
"""The roles that officials have."""

DECISIONS = frozenset(
    {
        Action.PASS_REVIEW,
        Action.PASS_SIMPLIFIED,
        Action.REFUSE_REVIEW,
        Action.PASS_AUDIT,
        Action.CUT,
        Action.ACCEPT,
        Action.REFUSE,
        Action.ALLOW_APPEAL,
        Action.REJECT_APPEAL,
    }
)
"""Actions that one person takes at most once per case, pass and revision, whatever the level."""

Guard = Callable[[Facts], Refusal | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. Guards are asked in order; the first refusal counts. ``also`` is a second role that may."""

    pass_: Pass
    state: State
    action: Action
    to: State
    role: Role
    guards: tuple[Guard, ...] = ()
    also: Role | None = None

    def allows(self, role: Role) -> bool:
        """Whether ``role`` may take this step."""
        return role in (self.role, self.also)


def _both(state: State, action: Action, to: State, role: Role, *guards: Guard) -> tuple[Transition, ...]:
    return tuple(Transition(pass_, state, action, to, role, guards) for pass_ in Pass)


def _citizen_or_village(state: State, action: Action, to: State, *guards: Guard) -> tuple[Transition, ...]:
    """What the village writes down for somebody, or they say by themselves (L7, L8, G6)."""
    return tuple(Transition(pass_, state, action, to, Role.VILLAGE, guards, Role.CITIZEN) for pass_ in Pass)


UNDECIDED = (
    State.APPLIED,
    State.INCOMPLETE,
    State.REVIEWED,
    State.ON_NOTICE,
    State.HELD,
    State.PROPOSED,
    State.ASKED_VILLAGE,
    State.AUDITED,
    State.BATCHED,
    State.ASKED_TOWNSHIP,
)
"""Where a case stands before the county has decided: its applicant may withdraw it."""

REFUSALS = (State.REFUSED, State.CUT)
"""A no that may be appealed."""

ENDED = (*REFUSALS, State.APPEALED, State.FINAL, State.WITHDRAWN, State.PAID)
"""Nothing is given, or it was given: no card is asked for any more."""

_ASKING = (
    (State.APPLIED, State.INCOMPLETE, Role.VILLAGE),
    (State.PROPOSED, State.ASKED_VILLAGE, Role.TOWNSHIP),
    (State.BATCHED, State.ASKED_TOWNSHIP, Role.COUNTY),
)
"""补齐补正: from where each level asks, and where the case waits meanwhile. It goes on where it was, with its votes and
its notice; what needs a new meeting is sent back instead."""

_ONCE = (rules.acts_once, rules.is_not_the_nominator, rules.is_not_a_relative)
_MET = (*_ONCE, rules.met_after_the_step_before)
_SIMPLIFIED = (*_ONCE, rules.was_hit, rules.may_go_simplified, rules.gives_reason)
_OBJECTED = (rules.notice_is_running, rules.gives_reason)

TABLE: tuple[Transition, ...] = (
    Transition(
        Pass.NEED,
        State.APPLIED,
        Action.PASS_REVIEW,
        State.REVIEWED,
        Role.VILLAGE,
        (*_MET, rules.was_hit, rules.votes_carry),
    ),
    Transition(
        Pass.GRANT,
        State.APPLIED,
        Action.PASS_REVIEW,
        State.REVIEWED,
        Role.VILLAGE,
        (*_MET, rules.was_hit, rules.votes_carry, rules.amount_within_bounds),
    ),
    Transition(Pass.NEED, State.APPLIED, Action.PASS_SIMPLIFIED, State.REVIEWED, Role.VILLAGE, _SIMPLIFIED),
    Transition(
        Pass.GRANT,
        State.APPLIED,
        Action.PASS_SIMPLIFIED,
        State.REVIEWED,
        Role.VILLAGE,
        (*_SIMPLIFIED, rules.amount_within_bounds),
    ),
    *_both(
        State.APPLIED,
        Action.REFUSE_REVIEW,
        State.REFUSED,
        Role.VILLAGE,
        *_MET,
        rules.votes_do_not_carry,
        rules.gives_reason,
    ),
    *_both(State.REVIEWED, Action.RETURN, State.APPLIED, Role.VILLAGE, rules.gives_reason),
    *_both(State.REVIEWED, Action.OPEN_NOTICE, State.ON_NOTICE, Role.VILLAGE),
    *_citizen_or_village(State.ON_NOTICE, Action.OBJECT, State.HELD, *_OBJECTED),
    *_both(State.ON_NOTICE, Action.CLOSE_NOTICE, State.PROPOSED, Role.CLOCK, rules.notice_days_are_over),
    *_citizen_or_village(State.HELD, Action.OBJECT, State.HELD, *_OBJECTED),
    *_both(State.HELD, Action.DISMISS, State.ON_NOTICE, Role.TOWNSHIP, rules.gives_reason),
    *_both(State.HELD, Action.UPHOLD, State.APPLIED, Role.TOWNSHIP, rules.gives_reason),
    *_both(State.PROPOSED, Action.PASS_AUDIT, State.AUDITED, Role.TOWNSHIP, *_ONCE),
    *_both(State.PROPOSED, Action.CUT, State.CUT, Role.TOWNSHIP, *_ONCE, rules.gives_reason),
    *_both(State.PROPOSED, Action.RETURN, State.APPLIED, Role.TOWNSHIP, rules.gives_reason),
    *_both(State.AUDITED, Action.BATCH, State.BATCHED, Role.TOWNSHIP),
    *_both(State.AUDITED, Action.RETURN, State.APPLIED, Role.TOWNSHIP, rules.gives_reason),
    *_both(State.BATCHED, Action.ACCEPT, State.ACCEPTED, Role.COUNTY, *_ONCE),
    *_both(State.BATCHED, Action.REFUSE, State.REFUSED, Role.COUNTY, *_ONCE, rules.gives_reason),
    *_both(State.BATCHED, Action.RETURN, State.APPLIED, Role.COUNTY, rules.gives_reason),
    Transition(
        Pass.GRANT,
        State.ACCEPTED,
        Action.PAY,
        State.PAID,
        Role.TOWNSHIP,
        (
            rules.was_released,
            rules.goes_to_a_card,
            rules.card_is_their_own,
            rules.paid_not_in_future,
            rules.paid_after_the_decision,
        ),
        also=Role.COUNTY,
    ),
    *(row for state, to, role in _ASKING for row in _both(state, Action.ASK, to, role, rules.gives_reason)),
    *_citizen_or_village(State.INCOMPLETE, Action.COMPLETE, State.APPLIED, rules.is_theirs),
    *_both(State.ASKED_VILLAGE, Action.COMPLETE, State.PROPOSED, Role.VILLAGE, rules.gives_reason),
    *_both(State.ASKED_TOWNSHIP, Action.COMPLETE, State.BATCHED, Role.TOWNSHIP, rules.gives_reason),
    *(
        row
        for state in REFUSALS
        for row in _citizen_or_village(
            state, Action.APPEAL, State.APPEALED, rules.is_theirs, rules.appeals_in_time, rules.gives_reason
        )
    ),
    *_both(State.APPEALED, Action.ALLOW_APPEAL, State.APPLIED, Role.COUNTY, *_ONCE, rules.gives_reason),
    *_both(State.APPEALED, Action.REJECT_APPEAL, State.FINAL, Role.COUNTY, *_ONCE, rules.gives_reason),
    *(
        row
        for state in (*REFUSALS, State.FINAL, State.WITHDRAWN)
        for row in _both(state, Action.REOPEN, State.APPLIED, Role.COUNTY, rules.gives_reason)
    ),
    *(
        row
        for state in UNDECIDED
        for row in _both(state, Action.WITHDRAW, State.WITHDRAWN, Role.CITIZEN, rules.is_the_applicant)
    ),
)

_INDEX = {(row.pass_, row.state, row.action): row for row in TABLE}

BACK_TO_REVIEW = frozenset({Action.RETURN, Action.UPHOLD, Action.ALLOW_APPEAL, Action.REOPEN})
"""Actions that begin a new revision of the pass, in which everyone may act again."""

OFF_THE_LIST = BACK_TO_REVIEW | {Action.WITHDRAW}
"""Actions that take a household off the register and the batch that it is on."""


def find(pass_: Pass, state: State, action: Action) -> Transition | None:
    """The row for an action in a state, or None where it is not allowed."""
    return _INDEX.get((pass_, state, action))


def actions(pass_: Pass, state: State, role: Role) -> tuple[Transition, ...]:
    """What a role may do in a state: the buttons of the console."""
    return tuple(row for row in TABLE if (row.pass_, row.state) == (pass_, state) and row.allows(role))


def move(pass_: Pass, state: State, action: Action, role: Role, facts: Facts) -> State | Refusal:
    """The state an action leads to, or why not.

    The order of the answers: the season is closed, no such move from here, not this role's to make, then the guards'
    reasons.
    """
    if facts.season_closed:
        return Refusal("L10", "refusal.L10.season_closed")
    row = find(pass_, state, action)
    if row is None:
        return Refusal("L8", "refusal.state", {"state": state.value})
    if not row.allows(role):
        return Refusal("L8", "refusal.role", {})
    for guard in row.guards:
        refusal = guard(facts)
        if refusal is not None:
            return refusal
    return row.to
