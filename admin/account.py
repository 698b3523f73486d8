"""My chat accounts: a code that binds one to me, and those that are bound."""

from dataclasses import dataclass

from aiohttp import web

from admin.call import Call, checked_id
from admin.gate import PEOPLE, allow
from admin.qr import Drawing, draw
from intake.binding import LASTS, make_code, mark_of, unbind
from intake.reads.bound import CodeState, bound_accounts, code_state
from intake.sending import SendError

PATH = "/admin/account"
SECONDS = 5
"""How often the page asks whether its code was used."""
FRAMED = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; object-src 'none'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Headers of what stands in a frame of our own page."""
_TOLD = {CodeState.USED: "bound", CodeState.OVER: "code_over"}


@dataclass(frozen=True, slots=True)
class Code:
    """A binding code for one channel: its drawing, and its address where a person can open it without a camera."""

    channel: str
    drawing: Drawing
    url: str


@allow(*PEOPLE)
async def show_account(call: Call) -> web.Response:
    """What is bound, and the button that gives a code."""
    return await _show(call)


@allow(*PEOPLE)
async def do_code(call: Call) -> web.Response:
    """A new code. It is shown this once: only its hash is kept."""
    async with call.changing() as unit:
        scene = await make_code(unit, call.official)
    return await _show(call, scene)


@allow(*PEOPLE)
async def show_code(call: Call) -> web.Response:
    """Whether a code still waits: a page for a frame, which loads itself again while it does. The script of the page
    around it finds in ``Content-Location`` where to go when it waits no more."""
    async with call.reading() as db:
        state = await code_state(db, call.official, call.request.query.get("of", ""), call.now)
    response = call.page("account_code.html", state=state.value)
    response.headers.update(FRAMED)
    if state is CodeState.WAITING:
        response.headers["Refresh"] = str(SECONDS)
    else:
        response.headers["Content-Location"] = f"{PATH}?done={_TOLD[state]}&n=1"
    return response


@allow(*PEOPLE)
async def do_unbind(call: Call) -> web.Response:
    """Part one account from me."""
    contact_id = checked_id(call.form.text("contact"))
    async with call.changing() as unit:
        parted = await unbind(unit, call.official, contact_id)
    return call.on(PATH, "unbound", 1) if parted else call.on(PATH)


async def _show(call: Call, scene: str = "") -> web.Response:
    async with call.reading() as db:
        accounts = await bound_accounts(db, call.official)
    codes, failed = await _codes(call, scene) if scene else ([], [])
    return call.page(
        "account.html",
        accounts=accounts,
        codes=codes,
        failed=failed,
        until=call.now + LASTS,
        watch=f"{PATH}/code?of={mark_of(scene)}" if scene else "",
        seconds=SECONDS,
    )


async def _codes(call: Call, scene: str) -> tuple[list[Code], list[str]]:
    """The code on every channel that is there, and the channels that gave no link for it."""
    codes, failed = [], []
    for channel, link in call.context.scene_links.items():
        try:
            url = await link(scene)
        except SendError:
            failed.append(channel)
        else:
            codes.append(Code(channel, draw(url), url))
    web_url = call.context.scene_link(scene)
    return [*codes, Code("web", draw(web_url), web_url)], failed
