"""Photos and voices that belong to something, handed over to an official who may see it."""

from aiohttp import web

from admin.call import Call, checked_id
from intake.access import OutOfAreaError
from intake.events import Event
from intake.reads.attached import opened
from intake.unit import Unit

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What browsers show by themselves."""


async def hand_over(call: Call, unit: Unit, subject: str) -> web.Response:
    """The file that the path names, if it is ``subject``'s; that it was opened stays in the event chain. Whoever calls
    this has seen to it that the official may see ``subject``.

    Raises:
        OutOfAreaError: it has no such file.
    """
    file_id = checked_id(call.word("file"))
    found = await opened(unit.db, subject, file_id)
    if found is None:
        raise OutOfAreaError
    media_type, content = found
    unit.journal.add(Event(unit.now, call.official.actor, "attachment.opened", subject, {"attachment": file_id}))
    way = "inline" if media_type in SHOWN or media_type.startswith("audio/") else "attachment"
    name = f"{subject.replace(':', '-')}-{file_id}.{media_type.partition('/')[2]}"
    headers = {"Content-Disposition": f'{way}; filename="{name}"'}
    return web.Response(body=content, content_type=media_type, headers=headers)
