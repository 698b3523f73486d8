"""How much one caller may send: a bucket that fills by itself. Per process, and forgotten with it."""

from collections import OrderedDict
from datetime import datetime

MOST_CALLERS = 10_000


class Pace:
    """At most ``burst`` at once, and ``per_minute`` for long."""

    def __init__(self, per_minute: int, burst: int) -> None:
        self._rate = per_minute / 60
        self._burst = float(burst)
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def wait(self, caller: str, now: datetime) -> int:
        """Seconds until this caller may send; 0 takes one from the bucket."""
        left, since = self._buckets.pop(caller, (self._burst, now))
        left = min(self._burst, left + max((now - since).total_seconds(), 0) * self._rate)
        waiting = 0 if left >= 1 else max(1, round((1 - left) / self._rate))
        self._buckets[caller] = (left if waiting else left - 1, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        return waiting
