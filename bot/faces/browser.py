"""What a browser sends from a form: fields, and photos beside them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.answers.base import Given
from bot.channels.base import BadRequestError, TurnsBusyError
from bot.channels.limits import read_body
from bot.faces.fields import Typed
from bot.flow import Question
from intake.media import MAX_BYTES

LONGEST = 128 * 1024
"""Bytes of all fields together, without photos."""
MOST_FIELDS = 400
MOST_PHOTOS = 9
MOST_BYTES = 4 * MAX_BYTES
"""Of all photos of a form together."""
SECONDS = 120.0
"""How long a form with photos may take to arrive."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields by name, in the order sent, and the photos by the question's key."""

    fields: Typed
    photos: Mapping[str, list[bytes]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The only value of a field; nothing when it was not sent."""
        return next(iter(self.fields.get(name, ())), "")


async def read_posted(request: web.Request, reading: asyncio.Semaphore) -> Posted:
    """Read a form, sent as fields or as parts.

    Raises:
        BadRequestError: 400 ``malformed``, 408 ``media_slow``, 413 ``too_large`` or ``media_large``.
        TurnsBusyError: too many forms with photos are being read.
    """
    if request.content_type == "multipart/form-data":
        if reading.locked():
            raise TurnsBusyError
        async with reading:
            try:
                async with asyncio.timeout(SECONDS):
                    return await _read_parts(request)
            except TimeoutError as error:
                raise BadRequestError(408, "media_slow") from error
    body = await read_body(request, LONGEST)
    try:
        pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BadRequestError(400, "malformed") from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return Posted(fields)


async def _read_parts(request: web.Request) -> Posted:
    fields: dict[str, list[str]] = {}
    photos: dict[str, list[bytes]] = {}
    room, space = LONGEST, MOST_BYTES
    try:
        reader = await request.multipart()
        for _ in range(MOST_FIELDS):
            part = await reader.next()
            if part is None:
                return Posted(fields, photos)
            if not isinstance(part, BodyPartReader) or not part.name:
                raise BadRequestError(400, "malformed")
            if part.filename is None:
                value = await _read(part, room, "too_large")
                room -= len(value)
                fields.setdefault(part.name, []).append(value.decode(errors="replace"))
            elif raw := await _read(part, min(MAX_BYTES, space), "media_large" if space > MAX_BYTES else "too_large"):
                space -= len(raw)
                photos.setdefault(part.name, []).append(raw)
                if sum(map(len, photos.values())) > MOST_PHOTOS:
                    raise BadRequestError(413, "too_large")
    except (ValueError, AssertionError, web.RequestPayloadError) as error:
        raise BadRequestError(400, "malformed") from error
    raise BadRequestError(400, "malformed")


async def _read(part: BodyPartReader, limit: int, reason: str) -> bytes:
    body = bytearray()
    while chunk := await part.read_chunk():
        body += chunk
        if len(body) > limit:
            raise BadRequestError(413, reason)
    return bytes(body)


def answers_of(questions: Sequence[Question], posted: Posted, given: Given) -> dict[str, Any]:
    """The raw answers to ``questions``. A private one that was left empty stays as it was, and so does a village whose
    name was not touched."""
    answers: dict[str, Any] = {}
    for question in questions:
        before = given.answers.get(question.key)
        sent = posted.fields.get(question.key, [])
        typed = posted.one(f"{question.key}.pick") or (sent[0] if sent else "")
        if question.answer.several or question.answer.kind == "photos":
            answers[question.key] = list(sent)
        elif question.answer.kind == "place" and before is not None and typed == given.places.label(before):
            answers[question.key] = before
        elif typed.strip() or not (question.private and before is not None):
            answers[question.key] = typed
    return answers
