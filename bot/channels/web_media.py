"""What a person uploads on the chat page: looked at and kept at once, before the message that shows it."""

import asyncio
from typing import Protocol

from aiohttp import web
from sqlalchemy import Select, select

from bot.channels.base import BadRequestError, TurnsBusyError
from bot.channels.limits import read_body
from bot.channels.web_read import NAME
from intake.attachments import TooManyError, upload
from intake.media import MAX_BYTES, PHOTO, VOICE, MediaError, looked_at
from intake.models import Contact
from store.clock import Clock
from store.database import Database

AT_ONCE = 16
"""Uploads under way in one process: each may hold ten megabytes."""

SECONDS = 120.0
"""How long an upload may take."""


class Uploads(Protocol):
    """Keeps what people upload."""

    async def keep(self, address: str, kind: str, raw: bytes) -> int:
        """Keep a ``photo`` or a ``voice`` of the contact at ``address``; the attachment's id.

        Raises:
            BadRequestError: 403 ``stranger``, 413 ``media_large``, 415 ``media_kind``, 429 ``media_many``.
        """
        ...


class KeptUploads:
    """Keeps them as attachments."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, address: str, kind: str, raw: bytes) -> int:
        """See :class:`Uploads`."""
        async with self._database.read() as db:  # a stranger's photo is not even looked at
            _known(await db.scalar(_find(address)))
        try:
            media = await looked_at(kind, raw)
        except MediaError as error:
            large = error.reason == "too_large"
            raise BadRequestError(413 if large else 415, "media_large" if large else "media_kind") from error
        async with self._database.connect() as connection:
            contact = _known(await connection.scalar(_find(address).with_for_update(key_share=True)))
            try:
                return await upload(connection, contact, kind, media, self._clock.now())
            except TooManyError as error:
                raise BadRequestError(429, "media_many") from error


class Reception:
    """Reads uploads from requests, so many at once and no more."""

    def __init__(self, uploads: Uploads, *, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        self._uploads = uploads
        self._at_once = at_once
        self._seconds = seconds
        self._under_way = 0

    async def take(self, request: web.Request, address: str) -> int:
        """The id of what the body of ``request`` holds, a photo or a voice by its content type.

        Raises:
            BadRequestError: as :meth:`Uploads.keep`, or 408 ``media_slow``.
            TurnsBusyError: too many uploads are under way.
        """
        kind = _kind(request.content_type)
        if self._under_way >= self._at_once:
            raise TurnsBusyError
        self._under_way += 1
        try:
            async with asyncio.timeout(self._seconds):
                raw = await _read(request)
            return await self._uploads.keep(address, kind, raw)
        except TimeoutError as error:
            raise BadRequestError(408, "media_slow") from error
        finally:
            self._under_way -= 1


def _kind(content_type: str) -> str:
    """What the content type promises; its first bytes decide later."""
    match content_type.partition("/")[0]:
        case "image":
            return PHOTO
        case "audio" | "video":  # a browser may call its recorded sound video/webm
            return VOICE
    raise BadRequestError(415, "media_kind")


async def _read(request: web.Request) -> bytes:
    try:
        return await read_body(request, MAX_BYTES)
    except BadRequestError as error:
        if error.status != 413:
            raise
        raise BadRequestError(413, "media_large") from error


def _find(address: str) -> Select[int]:
    return select(Contact.id).where(Contact.channel == NAME, Contact.address == address)


def _known(contact: int | None) -> int:
    if contact is None:
        raise BadRequestError(403, "stranger")
    return contact
