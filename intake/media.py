"""What people send as photo or voice, looked at before it is kept."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from intake import heic
from intake.boxes import BoxError, brand
from intake.pictures import PictureError, redrawn
from intake.voices import sounding

MAX_BYTES = 10 * 1024 * 1024
"""The largest photo or voice that is taken, as it came."""

PHOTO, VOICE = "photo", "voice"

Reason = Literal["empty", "too_large", "not_a_photo", "not_a_voice", "unreadable"]

_PICTURES = ((b"\xff\xd8\xff", 0), (b"\x89PNG\r\n\x1a\n", 0), (b"WEBP", 8))
_one = ThreadPoolExecutor(1, "media")
"""One at a time: a drawn photo takes a hundred megabytes for a moment."""


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or a voice that may be kept: its media type and its bytes, without what would tell on the sender."""

    media_type: str
    content: bytes


class MediaError(ValueError):
    """Not what we take. ``reason`` is a fixed word that quotes nothing."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


async def looked_at(kind: str, raw: bytes) -> Media:
    """The photo or voice in ``raw``: told by its own first bytes, whatever its name or header said. Photos (JPEG, PNG,
    WebP, HEIC) and voices (AMR, Ogg with Opus or Speex, MP3, M4A, WAV, WebM) lose their metadata.

    Raises:
        MediaError: it is not one, or too large.
    """
    if not raw or len(raw) > MAX_BYTES:
        raise MediaError("too_large" if raw else "empty")
    return await asyncio.get_running_loop().run_in_executor(_one, _look, kind, raw)


def _look(kind: str, raw: bytes) -> Media:
    if kind == VOICE:
        if (voice := sounding(raw)) is None:
            raise MediaError("not_a_voice")
        return Media(*voice)
    if brand(raw) in heic.BRANDS:
        try:
            return Media("image/heic", heic.without_metadata(raw))
        except BoxError as error:
            raise MediaError("unreadable") from error
    if not any(raw[at : at + len(first)] == first for first, at in _PICTURES):
        raise MediaError("not_a_photo")
    try:
        return Media(*redrawn(raw))
    except PictureError as error:
        raise MediaError("too_large" if error.reason == "too_large" else "unreadable") from error
