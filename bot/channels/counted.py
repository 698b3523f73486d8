"""Counters of a channel, handed in: how many messages had which outcome."""

from collections.abc import Callable

Count = Callable[[str, str], None]
"""Counts one outcome: (channel, outcome word)."""


def uncounted(channel: str, outcome: str) -> None:
    """The counter that keeps no count."""
