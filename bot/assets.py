"""Files beside the pages that people meet: their bytes, and a version that changes with them."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_WARM = Path(__file__).parent / "warm.css"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file. An address with its ``version`` in it may be kept for long."""

    body: bytes
    content_type: str
    version: str


@cache
def load(path: Path) -> Asset:
    """A file of ours; a stylesheet begins with ``warm.css``, what the chat and the forms look like alike."""
    body = path.read_bytes()
    if path.suffix == ".css":
        body = _WARM.read_bytes() + body
    return Asset(body, TYPES[path.suffix], sha256(body).hexdigest()[:12])
