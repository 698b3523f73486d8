"""The page of one review meeting: when, where, who, what was said of each household, and photos (L7)."""

from aiohttp import web

from admin.attached import SHOWN, hand_over
from admin.call import Call
from admin.gate import CASE_READERS, allow
from admin.printable import PAPERS
from admin.proofs import LARGEST_FORM, photo
from intake.meeting_photos import add_photo, subject_of
from intake.moves import RefusedError
from intake.procedure import Pass, Role
from intake.reads.attached import attached
from intake.reads.one_meeting import one_meeting


@allow(*CASE_READERS)
async def show_meeting(call: Call) -> web.StreamResponse:
    """The meeting, for the officials of its area."""
    async with call.reading() as db:
        found = await one_meeting(db, call.official, call.id)
        photos = await attached(db, subject_of(call.id))
    adds = call.official.role is Role.VILLAGE
    prints = call.official.role in PAPERS["minutes"].roles
    return call.page(
        "meeting.html", call.form.status, found=found, photos=photos, shown=SHOWN, adds=adds, prints=prints
    )


@allow(Role.VILLAGE, largest=LARGEST_FORM)
async def do_photo(call: Call) -> web.StreamResponse:
    """Add a photo."""
    media = await photo(call)
    if media is None:
        if not call.form.errors:
            call.form.wrong("photo", "admin.meeting.wrong.photo")
        return await show_meeting.handler(call)
    try:
        async with call.changing() as unit:
            await add_photo(unit, call.official, call.id, media)
    except RefusedError as error:
        await call.refuse(error, Pass.NEED)
        return await show_meeting.handler(call)
    return call.on(f"/admin/meetings/{call.id}", "meeting_photo", 1)


@allow(*CASE_READERS)
async def show_photo(call: Call) -> web.StreamResponse:
    """One photo; that it was opened stays in the event chain."""
    async with call.changing() as unit:
        await one_meeting(unit.db, call.official, call.id)
        return await hand_over(call, unit, subject_of(call.id))
