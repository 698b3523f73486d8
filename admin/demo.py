"""The demo's clock: forward by some days, so that a notice's five days pass at a press."""

from aiohttp import web

from admin import sessions
from admin.call import Call
from admin.gate import PEOPLE, allow
from admin.login import own_path
from intake.access import OutOfAreaError

DAYS = ("1", "5")


@allow(*PEOPLE)
async def do_forward(call: Call) -> web.Response:
    """Move the clock on; there is no such page outside a demo."""
    days = call.form.choice("days", DAYS)
    if call.context.demo is None or not days:
        raise OutOfAreaError
    await call.context.demo.forward(int(days))
    async with call.context.units.database.write() as db:
        await sessions.carry(db, call.now, call.context.clock.now())
    return call.on(own_path(call.form.value("back")))
