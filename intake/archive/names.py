"""What stands where in an archive. No name holds anything personal: codes of divisions, numbers and ids alone."""

import re

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
EVENTS = "data/events.jsonl"
CASES = "data/cases.jsonl"
TOTALS = "data/totals.json"
INNER = "archive.zip"
"""The only file of an archive under a password: the archive itself."""

_NAME = re.compile(r"data/[a-z0-9_-]+(?:/[a-z0-9_.-]+)*(?:\.[a-z0-9]+)?")


def is_ours(name: str) -> bool:
    """Whether a file of an archive may be called so: no way out of the folder, no sign that a system reads."""
    return len(name) <= 200 and ".." not in name and _NAME.fullmatch(name) is not None
