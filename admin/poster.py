"""The poster for the village's wall: its QR code opens the chat at this village."""

from aiohttp import web

from admin.call import Call
from admin.context import VillageLink
from admin.gate import allow
from admin.qr import draw
from intake.access import access_village
from intake.models import Division
from intake.procedure import Role
from intake.reads.seasons import current_scheme
from intake.reads.villages import all_villages
from intake.sending import SendError

POSTERS = (Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY)


async def village_link(call: Call, village: str) -> tuple[VillageLink, bool]:
    """Where the code leads, and whether WeChat was asked in vain: then it leads to the chat on the web."""
    if call.context.wechat_link is not None:
        try:
            return await call.context.wechat_link(village), False
        except SendError:
            return call.context.web_link(village), True
    return call.context.web_link(village), False


@allow(*POSTERS)
async def show_poster(call: Call) -> web.Response:
    """One village's poster, to be printed on A4."""
    async with call.reading() as db:
        village = await access_village(db, call.official, call.word("code"))
        township = await db.get(Division, village.parent) if village.parent else None
        scheme = await current_scheme(db, call.official)
    link, failed = await village_link(call, village.code)
    return call.page(
        "poster.html",
        village=village,
        township=township,
        scheme=scheme[1] if scheme else None,
        link=link,
        failed=failed,
        drawing=draw(link.url),
    )


@allow(*POSTERS)
async def show_posters(call: Call) -> web.Response:
    """The villages of my area, each with its poster."""
    async with call.reading() as db:
        villages = await all_villages(db, call.official)
    return call.page("posters.html", villages=villages)
