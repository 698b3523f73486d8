"""A form with photos, as a browser without JavaScript sends it: read in bounds, nothing kept of who sent it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from intake.media import MAX_BYTES, PHOTO, Media, MediaError, looked_at

MOST_PHOTOS = 5
"""Photos of one sending."""

SECONDS = 180.0
"""How long a sending may take: five photos over a village's network."""

_LONGEST_FIELD = 20_000
_MOST_PARTS = 40
_MOST_BYTES = MOST_PHOTOS * MAX_BYTES + 1024 * 1024


_BROKEN = (
    ValueError,
    AssertionError,
    TimeoutError,
    HttpProcessingError,
    web.HTTPRequestEntityTooLarge,
    web.RequestPayloadError,
)
"""What aiohttp raises of a body that no browser sends."""


class ParcelError(ValueError):
    """Nothing that our form could have sent, or far too much."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """``typed`` are the fields by name; ``photos`` what came of photos, looked at; ``wrong`` says what was wrong with
    them: ``photos`` (too many), ``too_large``, ``photo``; empty when nothing was."""

    typed: Mapping[str, str]
    photos: tuple[Media, ...] = ()
    wrong: str = ""


async def read_parcel(request: web.Request) -> Parcel:
    """The form in the body of ``request``.

    Raises:
        ParcelError: it cannot be read, is too large or takes too long.
    """
    try:
        async with asyncio.timeout(SECONDS):
            if request.content_type == "multipart/form-data":
                typed, raw = await _parts(request)
            else:
                typed, raw = _texts(await request.post()), []
    except _BROKEN as error:
        raise ParcelError from error
    wrong = "photos" if len(raw) > MOST_PHOTOS else "too_large" if any(len(one) > MAX_BYTES for one in raw) else ""
    photos: list[Media] = []
    for one in raw if not wrong else ():
        try:
            photos.append(await looked_at(PHOTO, one))
        except MediaError as error:
            wrong = "too_large" if error.reason == "too_large" else "photo"
            break
    return Parcel(typed, tuple(photos) if not wrong else (), wrong)


async def _parts(request: web.Request) -> tuple[dict[str, str], list[bytes]]:
    typed: dict[str, str] = {}
    photos: list[bytes] = []
    total = count = 0
    async for part in await request.multipart():
        count += 1
        if not isinstance(part, BodyPartReader) or count > _MOST_PARTS:
            raise ParcelError
        is_file = part.filename is not None
        body = bytearray()
        while chunk := await part.read_chunk(64 * 1024):
            total += len(chunk)
            if total > _MOST_BYTES or (not is_file and len(body) > _LONGEST_FIELD):
                raise ParcelError
            if len(body) <= MAX_BYTES:  # a photo that is too large is read to its end, so that we can say so
                body += chunk
        if not is_file:
            typed[part.name or ""] = body.decode("utf-8", "replace")
        elif body:
            photos.append(bytes(body))
    return typed, photos


def _texts(posted: Mapping[str, object]) -> dict[str, str]:
    return {name: value for name, value in posted.items() if isinstance(value, str)}
