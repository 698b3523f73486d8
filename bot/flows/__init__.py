"""The conversations: one file each, nothing in it but its questions."""

from bot.flow import Flow
from bot.flows.apply import apply

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (apply,)}
"""Every flow by its name."""
