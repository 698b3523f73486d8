"""What a browser sends from a form: the answers among its fields, and photos beside them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.answers.base import Given
from bot.channels.base import BadRequestError, TurnsBusyError
from bot.faces.parts import Posted, read_form
from bot.flow import Question
from intake.media import MAX_BYTES

MOST_PHOTOS = 9
MOST_BYTES = 4 * MAX_BYTES
"""Of all photos of a form together."""
SECONDS = 120.0
"""How long a form may take to arrive."""


async def read_posted(request: web.Request, reading: asyncio.Semaphore) -> Posted:
    """Read a form.

    Raises:
        BadRequestError: 400 ``malformed``, 408 ``media_slow``, 413 ``too_large`` or ``media_large``.
        TurnsBusyError: too many forms with photos are being read.
    """
    if request.content_type != "multipart/form-data":
        return await read_form(request, 0, SECONDS)
    if reading.locked():
        raise TurnsBusyError
    async with reading:
        posted = await read_form(request, MOST_BYTES, SECONDS)
    photos = [photo for some in posted.photos.values() for photo in some]
    if len(photos) > MOST_PHOTOS:
        raise BadRequestError(413, "too_large")
    if any(len(photo) > MAX_BYTES for photo in photos):
        raise BadRequestError(413, "media_large")
    return posted


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
