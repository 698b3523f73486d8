"""Who objected by chat, on demand; and what they said aloud."""

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import allow
from admin.notice import show
from intake.access import OutOfAreaError
from intake.events import Event
from intake.reads.attached import opened
from intake.reads.objectors import READERS, objector, voice_of


@allow(*READERS)
async def show_objector(call: Call) -> web.Response:
    """The notice with the name and telephone of one objector, this once; who looked stays in the event chain."""
    objection_id = checked_id(call.form.text("objection"))
    async with call.changing() as unit:
        found = await objector(unit.db, call.official, call.id, objection_id)
        data = {"fields": ["name", "phone"]}
        subject = f"objection:{objection_id}"
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", subject, data))
    return await show(call, found)


@allow(*READERS)
async def show_voice(call: Call) -> web.Response:
    """A voice that came with an objection: heard above the village alone, for a voice is known there."""
    file_id = checked_id(call.word("file"))
    async with call.changing() as unit:
        subject = await voice_of(unit.db, call.official, call.id, file_id)
        found = await opened(unit.db, subject, file_id)
        if found is None:
            raise OutOfAreaError
        data = {"fields": ["voice"]}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", subject, data))
    media_type, content = found
    way = "inline" if media_type.startswith("audio/") else "attachment"
    return web.Response(
        body=content, content_type=media_type, headers={"Content-Disposition": f'{way}; filename="{file_id}"'}
    )
