"""The table that the benchmark prints."""

from collections.abc import Callable
from statistics import median

from benchmarks.driver import Outcome
from benchmarks.kill import Killed
from benchmarks.measure import Measured

_COLUMNS: tuple[tuple[str, Callable[[Outcome], float], str], ...] = (
    ("msgs/s", lambda one: one.per_second, "{:,.0f}"),
    ("p50 ms", lambda one: one.p50, "{:.1f}"),
    ("p99 ms", lambda one: one.p99, "{:.1f}"),
    ("RSS MB", lambda one: one.rss, "{:.0f}"),
    ("µs CPU/msg", lambda one: one.cpu, "{:.0f}"),
    ("driver core", lambda one: one.driver * 100, "{:.0f} %"),
)
_FIRST, _WIDTH = 28, 12


def head() -> str:
    """The names of the columns."""
    return " " * _FIRST + "".join(name.rjust(_WIDTH) for name, _, _ in _COLUMNS) + "ratio".rjust(_WIDTH)


def lines(measured: Measured) -> str:
    """The two lines of a plan: medians of its drives, and the ratio with that of each pair."""
    bare, product = zip(*measured.pairs, strict=True)
    goal = "" if measured.plan.goal is None else f", goal {measured.plan.goal}"
    each = " ".join(f"{ratio:.2f}" for ratio in measured.ratios)
    ratio = f"{measured.ratio:.2f}".rjust(_WIDTH) + f"  ({each}{goal})"
    text = f"{_line(f'{measured.plan.name}, bare', bare)}\n{_line(f'{measured.plan.name}, nuandong', product)}{ratio}"
    return f"{text}\n  WRONG: {measured.faults}" if measured.faults else text


def _line(name: str, outcomes: tuple[Outcome, ...]) -> str:
    cells = (form.format(median(map(read, outcomes))).rjust(_WIDTH) for _, read, form in _COLUMNS)
    return name.ljust(_FIRST) + "".join(cells)


def killed(kind: str, found: Killed) -> str:
    """What the kill test found."""
    text = (
        f"kill -9 on {kind}: {found.people:,} people, {found.messages:,} messages acknowledged before it, "
        f"{found.answers:,} answers looked up after it"
    )
    if not found.faults:
        return f"{text}: none lost, everyone finished, one case each"
    return "\n  ".join((f"{text}: {len(found.faults)} FAULTS", *found.faults[:5]))
