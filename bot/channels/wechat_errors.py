"""What WeChat's error codes mean for us."""

from datetime import datetime, timedelta

from intake.sending import (
    MisconfiguredError,
    PausedError,
    SendError,
    TemporaryError,
    UnreachableError,
    WindowClosedError,
)
from store.clock import CHINA

TOKEN_ERRORS = frozenset({40001, 40014, 42001})
"""The access token is not valid (any more): refresh once, try once more."""

_WINDOW = frozenset({45015, 45047})
_UNREACHABLE = frozenset({40003, 43004, 43101, 48001})
_TEMPORARY = frozenset({-1, 45011})
_DAILY_QUOTA = 45009


def failure(code: int, now: datetime) -> SendError:
    """The error that an ``errcode`` other than 0 means. A code that we do not know needs a person to look at it."""
    word = f"wechat:{code}"
    if code in _WINDOW:
        return WindowClosedError(word)
    if code in _UNREACHABLE:
        return UnreachableError(word)
    if code in _TEMPORARY:
        return TemporaryError(word)
    if code == _DAILY_QUOTA:
        return PausedError(word, until_midnight(now))
    return MisconfiguredError(word)


def until_midnight(now: datetime) -> float:
    """Seconds until the next day begins in China, when the daily quotas start again."""
    here = now.astimezone(CHINA)
    tomorrow = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (tomorrow - here).total_seconds()
