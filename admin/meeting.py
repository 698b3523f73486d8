"""The page of one review meeting: when, where, who, and what was said of each household (L7)."""

from aiohttp import web

from admin.call import Call
from admin.gate import CASE_READERS, allow
from intake.reads.one_meeting import one_meeting


@allow(*CASE_READERS)
async def show_meeting(call: Call) -> web.Response:
    """The meeting, for the officials of its area."""
    async with call.reading() as db:
        found = await one_meeting(db, call.official, call.id)
    return call.page("meeting.html", found=found)
