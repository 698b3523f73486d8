"""Where a fault of ours happened, fit for a log: code places alone, for an error's own words may hold personal data."""

import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = frozenset(
    ("bot", "intake", "notifications", "admin", "locales", "store", "service", "tests", "benchmarks"),
)
"""Our packages: under one root stand other people's too, where the product is installed and not checked out."""
MOST = 4
"""Code places told of one fault, the innermost first."""


def where(error: BaseException) -> str:
    """The kind of an error and where in our own code it was raised, the innermost place first, never its message:
    ``KeyError at intake/filing.py:145 < bot/batch.py:124``."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [place for frame in reversed(frames) if (place := _ours(frame))]
    return f"{type(error).__name__} at {' < '.join(places[:MOST])}" if places else type(error).__name__


def _ours(frame: traceback.FrameSummary) -> str | None:
    path = Path(frame.filename)
    if not path.is_relative_to(ROOT):
        return None
    place = path.relative_to(ROOT)
    return f"{place.as_posix()}:{frame.lineno}" if place.parts[0] in OURS else None
