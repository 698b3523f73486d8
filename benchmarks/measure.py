"""Bare handler and product by turns against the same driver; only the ratio inside one run means anything."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import time

from benchmarks import servers
from benchmarks.driver import Order, Outcome
from benchmarks.people import STEPS

_FASTEST = 12_000
"""Messages a second that no handler here reaches: requests for as many are made before the clock starts."""
_APART = 400_000
"""Numbers of people between two drives, so that nobody applies twice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of the table. ``goal`` is the least ratio, or nothing where it is only measured."""

    name: str
    kind: str
    database_url: str
    aes: bool = False
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The drives of one plan, in pairs: the bare handler first, then the product."""

    plan: Plan
    pairs: list[tuple[Outcome, Outcome]]

    @property
    def ratios(self) -> list[float]:
        """The product's messages a second over the bare handler's, pair by pair."""
        return [product.per_second / bare.per_second for bare, product in self.pairs]

    @property
    def ratio(self) -> float:
        """The median of the pairs."""
        return median(self.ratios)

    @property
    def faults(self) -> str:
        """The first wrong answer, or that the server hung up; nothing when all was right."""
        drives = [one for pair in self.pairs for one in pair]
        lost = sum(one.lost_connections for one in drives)
        return next((one.first_fault for one in drives if one.faults), f"{lost} connections were cut" if lost else "")

    @property
    def met(self) -> bool:
        """Whether every answer was right and the goal is reached."""
        return not self.faults and (self.plan.goal is None or self.ratio >= self.plan.goal)


def measure(plan: Plan, folder: Path, *, users: int, seconds: float, pairs: int) -> Measured:
    """Drive both servers of a plan by turns."""
    core, other = servers.cores()
    ready = int(_FASTEST * (seconds + 1) / STEPS)
    run = int(time())
    found: list[tuple[Outcome, Outcome]] = []
    with (
        servers.bare(core, folder, aes=plan.aes) as bare,
        servers.product(core, folder, plan.database_url, aes=plan.aes) as product,
    ):
        for number in range(pairs):
            pair = []
            for server, constant in ((bare, True), (product, False)):
                order = Order(
                    port=server.port,
                    pid=server.pid,
                    run=run,
                    first=number * _APART,
                    users=users,
                    seconds=seconds,
                    ready=ready,
                    aes=plan.aes,
                    constant=constant,
                )
                pair.append(servers.finish(servers.start_driver(order, other)))
            found.append((pair[0], pair[1]))
    return Measured(plan, found)
