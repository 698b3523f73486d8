"""What officials do about someone found in need: write down what came of it, refer them to other services."""

import unicodedata

from aiohttp import web

from admin.call import Call
from admin.discoveries import show
from admin.gate import allow
from admin.said import said
from admin.words import moment
from intake.discoveries import NoSuchCaseError, refer_someone, say_what_came
from intake.discovery_codes import WORKERS, DiscoveryState
from intake.reads.discoveries import discovery_page
from intake.referral_codes import SERVICES
from intake.referrals import OvertakenError


@allow(*WORKERS)
async def do_say(call: Call) -> web.Response:
    """Write down what came of it."""
    form = call.form
    state = form.choice("state", [one.value for one in DiscoveryState if one is not DiscoveryState.NEW])
    if not state:
        form.wrong("state", "admin.discovery.wrong.state")
    number = unicodedata.normalize("NFKC", form.text("number")).replace(" ", "")
    if state == DiscoveryState.APPLIED and not number:
        form.wrong("number", "admin.discovery.wrong.number")
    words = said(call, "words", "admin.discovery.wrong.words")
    if form.errors:
        return await show(call)
    try:
        async with call.changing() as unit:
            await say_what_came(unit, call.official, call.id, form.text("seen"), DiscoveryState(state), words, number)
    except NoSuchCaseError:
        form.wrong("number", "admin.discovery.wrong.number")
        return await show(call)
    except OvertakenError:
        return await _overtaken(call)
    return call.on(f"/admin/discovery/{call.id}", "discovery", 1)


@allow(*WORKERS)
async def do_refer(call: Call) -> web.Response:
    """Refer them to the services that were ticked."""
    services = [service for service in SERVICES if call.form.text(f"service-{service}")]
    if not services:
        call.form.wrong("services", "admin.discovery.wrong.services")
        return await show(call)
    async with call.changing() as unit:
        opened = await refer_someone(unit, call.official, call.id, services)
    return call.on(f"/admin/discovery/{call.id}", "referred", len(opened))


async def _overtaken(call: Call) -> web.Response:
    """The page as it is now, with who was faster; what was typed is kept, and nothing was done."""
    async with call.reading() as db:
        found = await discovery_page(db, call.official, call.id, call.now)
    at = moment(call.t, found.handled_at) if found.handled_at else ""
    call.form.wrong("words", "admin.discovery.overtaken", who=found.handler, at=at)
    return await show(call, 409)
