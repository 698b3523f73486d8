"""Where the work on a state is done: the page of each task."""

from intake.procedure import Pass, Role, State, actions

WAITS = (
    State.APPLIED,
    State.REVIEWED,
    State.ON_NOTICE,
    State.HELD,
    State.PROPOSED,
    State.AUDITED,
    State.BATCHED,
    State.ACCEPTED,
    State.INCOMPLETE,
    State.ASKED_VILLAGE,
    State.ASKED_TOWNSHIP,
    State.APPEALED,
)
"""States in which a household waits for somebody, in the order of the procedure."""


def work_path(pass_: Pass, state: State, role: Role, village: str) -> str | None:
    """The page on which ``role`` does what this state waits for, or None where it is not theirs (or time does it)."""
    if not actions(pass_, state, role):
        return None
    match state:
        case State.APPLIED:
            return f"/admin/village/{village}/review/{pass_.value}"
        case State.REVIEWED:
            return f"/admin/village/{village}/notice/{pass_.value}"
        case State.PROPOSED:
            return f"/admin/audit/{pass_.value}"
        case State.AUDITED:
            return f"/admin/batches/{pass_.value}"
        case State.BATCHED:
            return f"/admin/decide/{pass_.value}"
        case State.ACCEPTED:
            return "/admin/payments"
        case State.HELD:
            return "/admin/#notices"
        case State.INCOMPLETE | State.ASKED_VILLAGE | State.ASKED_TOWNSHIP | State.APPEALED:
            return list_path(pass_, state, village if role is Role.VILLAGE else "")
    return None


def list_path(pass_: Pass, state: State, village: str) -> str:
    """The list of the cases in a state."""
    return f"/admin/cases?state={pass_.value}-{state.value}&village={village}"
