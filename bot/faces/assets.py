"""The files beside the pages. An address with the version in it may be kept for long; another is asked for again."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from bot.channels.base import BadRequestError

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file and its ``version``, which changes with its content."""

    body: bytes
    content_type: str
    version: str


@cache
def names() -> tuple[str, ...]:
    """Every file, as its address names it."""
    found = (path for path in FOLDER.rglob("*") if path.suffix in _TYPES)
    return tuple(sorted(path.relative_to(FOLDER).as_posix() for path in found))


@cache
def asset(name: str) -> Asset:
    """One of :func:`names`.

    Raises:
        BadRequestError: 404 ``unknown``.
    """
    if name not in names():
        raise BadRequestError(404, "unknown")
    body = (FOLDER / name).read_bytes()
    return Asset(body, _TYPES[Path(name).suffix], sha256(body).hexdigest()[:12])


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
