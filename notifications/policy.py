"""How patient a delivery is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of delivery, in seconds.

    ``waits`` are the pauses after each temporary failure; after the last one the message has failed. ``send`` bounds
    one try. ``stale``: a message that has been sending for so long has lost its sender. ``repeats``: how often a
    message that may have arrived is sent again; all of ours are results of decisions, which do no harm when read
    twice. ``behind``: how long to wait for an older message to the same person, and ``patience`` until when.
    ``longest_pause`` bounds what a channel may ask for. ``no_sender`` are the first and the longest pause while no
    sender is set up for a channel; they double in between.
    """

    waits: tuple[float, ...] = (10, 60, 300, 1800, 7200)
    send: float = 30
    stale: float = 60
    repeats: int = 1
    behind: float = 1
    patience: float = 900
    longest_pause: float = 86_400
    no_sender: tuple[float, float] = (60, 3600)

    def wait(self, failures: int, jitter: Callable[[], float]) -> float | None:
        """The pause after the ``failures``-th temporary failure, a fifth shorter or longer by ``jitter`` (0 … 1) so
        that those who failed together do not come back together; None: give up."""
        return self.waits[failures - 1] * (0.8 + 0.4 * jitter()) if failures <= len(self.waits) else None

    def wait_for_sender(self, rounds: int) -> float:
        """The pause of a message that was ordered ``rounds`` times and has no sender: it is never given up."""
        first, longest = self.no_sender
        return min(first * 2.0 ** min(rounds - 1, 32), longest)
