"""Against floods from nobody in particular: so many a minute in one process, whoever they are."""

from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)


class PerMinute:
    """Lets ``limit`` through in any minute. It knows how many came, never who."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._since: datetime | None = None
        self._count = 0

    def allows(self, now: datetime) -> bool:
        """Whether one more may come in now; counts it."""
        if self._since is None or now - self._since >= _MINUTE:
            self._since, self._count = now, 0
        self._count += 1
        return self._count <= self._limit
