"""The files beside the pages. An address with the version in it may be kept for long; another is asked for again."""

from functools import cache
from pathlib import Path

from aiohttp import web

from bot.assets import TYPES, Asset, load
from bot.channels.base import BadRequestError

FOLDER = Path(__file__).parent / "static"


@cache
def names() -> tuple[str, ...]:
    """Every file, as its address names it."""
    found = (path for path in FOLDER.rglob("*") if path.suffix in TYPES)
    return tuple(sorted(path.relative_to(FOLDER).as_posix() for path in found))


def asset(name: str) -> Asset:
    """One of :func:`names`.

    Raises:
        BadRequestError: 404 ``unknown``.
    """
    if name not in names():
        raise BadRequestError(404, "unknown")
    return load(FOLDER / name)


def static(name: str) -> str:
    """The address of a file in its present version."""
    return f"/forms/static/{name}?{asset(name).version}"


async def show_asset(request: web.Request) -> web.Response:
    """A file; scripts that import one another do so without a version."""
    try:
        file = asset(request.match_info["name"])
    except BadRequestError as error:
        raise web.HTTPNotFound from error
    kept = request.query_string == file.version
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if kept else "no-cache",
        "ETag": f'"{file.version}"',
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    return web.Response(body=file.body, content_type=file.content_type, charset="utf-8", headers=headers)
