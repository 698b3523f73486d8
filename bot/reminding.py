"""When someone is reminded of a form that they left half filled: after four hours and after two days, by day, and while
the channel still lets us write. Pure."""

from datetime import datetime, time, timedelta

from store.clock import CHINA

AFTER = (timedelta(hours=4), timedelta(days=2))
"""How long after the last answer each reminder comes."""
WAKING = (time(8), time(21))
"""When people are not disturbed in their sleep (local time)."""
WINDOWS = {"wechat": timedelta(hours=48)}
"""How long after someone's last message a channel lets us write to them."""
MARGIN = timedelta(hours=2)
"""How long before the window closes the last reminder is sent."""


def due(last: datetime, sent: int, channel: str) -> datetime | None:
    """When reminder number ``sent`` + 1 is due for someone who last wrote at ``last``; None when there is none more."""
    if sent >= len(AFTER):
        return None
    at = last + AFTER[sent]
    end = last + WINDOWS[channel] - MARGIN if channel in WINDOWS else None
    at = _awake(min(at, end) if end else at)
    if end and at > end:
        at = _asleep_before(end)
    return at if at >= last + AFTER[0] else None


def reminder(last: datetime, sent: int, channel: str, now: datetime) -> int | None:
    """Which reminder is due for someone who last wrote at ``last`` and had ``sent``: its number, or ``sent`` while none
    is; the last alone where several are due at once (nobody worked for days); None where it is too late for any."""
    if channel in WINDOWS and now >= last + WINDOWS[channel]:
        return None
    times = [due(last, number, channel) for number in range(sent, len(AFTER))]
    ready = [number for number, at in enumerate(times, sent + 1) if at is not None and at <= now]
    return max(ready, default=None if all(at is None for at in times) else sent)


def waking(now: datetime) -> bool:
    """Whether people may be disturbed now."""
    return WAKING[0] <= now.astimezone(CHINA).time() < WAKING[1]


def _awake(at: datetime) -> datetime:
    """``at``, or the next morning."""
    local = at.astimezone(CHINA)
    if local.time() >= WAKING[1]:
        local += timedelta(days=1)
    elif local.time() >= WAKING[0]:
        return at
    return datetime.combine(local.date(), WAKING[0], CHINA).astimezone(at.tzinfo)


def _asleep_before(at: datetime) -> datetime:
    """The evening before the night in which ``at`` lies."""
    local = at.astimezone(CHINA)
    if local.time() < WAKING[0]:
        local -= timedelta(days=1)
    evening = datetime.combine(local.date(), WAKING[1], CHINA) - timedelta(minutes=1)
    return evening.astimezone(at.tzinfo)
