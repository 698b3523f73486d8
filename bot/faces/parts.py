"""A form as a browser sends it, as fields or as parts with photos beside them: read in bounds."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.base import BadRequestError
from bot.channels.limits import read_body
from bot.faces.fields import Typed
from intake.media import MAX_BYTES

LONGEST = 128 * 1024
"""Bytes of all fields together, without photos."""
MOST_FIELDS = 400
_CHUNK = 64 * 1024
_BROKEN = (ValueError, AssertionError, HttpProcessingError, web.RequestPayloadError)
"""What aiohttp raises of a body that no browser sends."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields by name, in the order sent, and the photos by the field's name; one that is longer than
    :data:`~intake.media.MAX_BYTES` is too large, and not whole."""

    fields: Typed
    photos: Mapping[str, list[bytes]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The only value of a field; nothing when it was not sent."""
        return next(iter(self.fields.get(name, ())), "")


async def read_form(request: web.Request, most_bytes: int, seconds: float) -> Posted:
    """Read a form with at most ``most_bytes`` of photos, which has so many seconds to arrive.

    Raises:
        BadRequestError: 400 ``malformed``, 408 ``media_slow``, 413 ``too_large``.
    """
    try:
        async with asyncio.timeout(seconds):
            if request.content_type == "multipart/form-data":
                return await _read_parts(request, most_bytes)
            body = await read_body(request, LONGEST)
            pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except TimeoutError as error:
        raise BadRequestError(408, "media_slow") from error
    except _BROKEN as error:
        raise BadRequestError(400, "malformed") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return Posted(fields)


async def _read_parts(request: web.Request, space: int) -> Posted:
    fields: dict[str, list[str]] = {}
    photos: dict[str, list[bytes]] = {}
    room = LONGEST
    reader = await request.multipart()
    for _ in range(MOST_FIELDS):
        part = await reader.next()
        if part is None:
            return Posted(fields, photos)
        if not isinstance(part, BodyPartReader) or not part.name:
            break
        if part.filename is None:
            value, room = await _read(part, room)
            fields.setdefault(part.name, []).append(value.decode(errors="replace"))
        else:
            photo, space = await _read(part, space)
            if photo:
                photos.setdefault(part.name, []).append(photo)
    raise BadRequestError(400, "malformed")


async def _read(part: BodyPartReader, room: int) -> tuple[bytes, int]:
    """A part, and how much room it leaves. One that is too large is read to its end, so that this can be said, but no
    more of it is kept than tells so."""
    body = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        room -= len(chunk)
        if room < 0:
            raise BadRequestError(413, "too_large")
        if len(body) <= MAX_BYTES:
            body += chunk
    return bytes(body), room
