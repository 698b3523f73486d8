"""The public notices (L7, L8): large, without signing in, and nothing on them but what was posted."""

from aiohttp import web

from admin.call import Call
from admin.gate import everybody
from intake.access import OutOfAreaError
from intake.models import Division
from intake.public_notices import public_notices, villages_with_notices

_VILLAGE_DIGITS = 12


@everybody
async def show_all(call: Call) -> web.Response:
    """The villages with running notices, everywhere."""
    async with call.reading() as db:
        found = await villages_with_notices(db, "", call.now)
    return call.page("public_list.html", place=None, found=found)


@everybody
async def show_division(call: Call) -> web.Response:
    """A village's notices, newest first; for a township or county its villages with running ones."""
    code = call.word("division")
    async with call.reading() as db:
        division = await db.get(Division, code)
        if division is None:
            raise OutOfAreaError
        if len(code) == _VILLAGE_DIGITS:
            township = await db.get(Division, division.parent) if division.parent else None
            notices = await public_notices(db, code, call.now)
            return call.page("public_village.html", village=division, township=township, notices=notices)
        found = await villages_with_notices(db, code, call.now)
    return call.page("public_list.html", place=division, found=found)
