"""The stylesheet and the one small script, from our own address."""

from aiohttp import web

from admin.call import Call
from admin.gate import everybody
from admin.rendering import STATIC

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_LONG = "public, max-age=31536000, immutable"


@everybody
async def show_asset(call: Call) -> web.Response:
    """A static file; its address changes with its content, so browsers may keep it."""
    path = STATIC / call.word("file")
    return web.Response(
        text=path.read_text("utf-8"), content_type=_TYPES[path.suffix], headers={"Cache-Control": _LONG}
    )
