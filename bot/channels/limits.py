"""Bodies no longer than a channel's messages can be."""

from aiohttp import web

from bot.channels.base import BadRequestError


async def read_body(request: web.Request, limit: int) -> bytes:
    """The body, at most ``limit`` bytes, counted as they arrive because a length header may be absent or false.

    Raises:
        BadRequestError: 413 ``too_large``, 400 ``malformed`` for a broken transfer or content encoding.
    """
    length = request.content_length
    if length is not None and length > limit:
        raise BadRequestError(413, "too_large")
    body = b""
    try:
        while chunk := await request.content.readany():
            body = body + chunk if body else chunk
            if len(body) > limit:
                raise BadRequestError(413, "too_large")
    except web.RequestPayloadError as error:
        raise BadRequestError(400, "malformed") from error
    return body
