"""Which flows are forms, and for whom."""

from bot.flow import Flow
from bot.flows import FLOWS
from bot.flows.menu import MENUS
from intake.access import Official

TALKS = frozenset({"person", "questions", "settings", "status"})
"""Flows that are a talk by nature: the answer comes at once and leads to the next question."""


def forms(official: Official | None) -> tuple[Flow, ...]:
    """The flows that someone may fill in as a form, in the order of the menus."""
    order = dict.fromkeys(name for menu in MENUS.values() for name in menu)
    names = (name for name in (*order, *FLOWS) if name in FLOWS)
    return tuple(FLOWS[name] for name in dict.fromkeys(names) if is_form(FLOWS[name]) and is_for(FLOWS[name], official))


def is_form(flow: Flow) -> bool:
    """Whether a flow has anything to fill in."""
    return flow.name not in TALKS and flow.review


def is_for(flow: Flow, official: Official | None) -> bool:
    """Whether someone may fill it in."""
    return flow.admits(official.role if official else None)


def is_free(flow: Flow) -> bool:
    """Whether a flow can be filled in at once, even away from us: nothing has to be looked up to choose from."""
    return is_form(flow) and not any(question.answer.kind == "picked" for question in flow.questions)


def open_to_programs() -> tuple[Flow, ...]:
    """The flows of the API: those that need no account."""
    return tuple(flow for flow in FLOWS.values() if is_free(flow) and flow.roles is None)
