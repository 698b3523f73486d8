"""The files that forms carry."""

from dataclasses import dataclass

from aiohttp import web

from admin.call import Call
from intake.writable import clean


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: what it is called there, and what is in it; empty where none was chosen."""

    name: str = ""
    content: bytes = b""


async def upload(call: Call, field: str, most: int) -> Upload:
    """The file of a field, up to ``most`` bytes and one more, by which it is known to be too large."""
    sent = (await call.request.post()).get(field)
    return Upload(clean(sent.filename), sent.file.read(most + 1)) if isinstance(sent, web.FileField) else Upload()
