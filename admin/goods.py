"""Goods handed out (L2, L10): the stock and the households of my area; one household's goods; handing out; taking
back."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from admin.amounts import against, entry_id, fresh, pieces, short_text
from admin.attached import hand_over
from admin.call import Call, checked_id
from admin.gate import CASE_READERS, allow
from admin.listing import page_of, pages_of, village_of
from admin.proofs import LARGEST_FORM, proofs
from intake.access import OutOfAreaError, access_one
from intake.events import Event
from intake.handouts import ENTITLED, RELATIONS, Giving, hand_out, take_back_handout
from intake.ledger.guards import NotBookedError
from intake.models import Case, Grant, Household
from intake.procedure import Role
from intake.reads.funds import Stock, stocks
from intake.reads.handouts import belongs, entitled, handed_to
from intake.reads.seasons import current_scheme
from intake.reads.villages import all_villages
from store.clock import china_date

GIVERS = (Role.VILLAGE, Role.TOWNSHIP)
"""Who hands out."""


@allow(*GIVERS)
async def show_goods(call: Call) -> web.Response:
    """The stock of my township, and one page of the households that may be given something."""
    village, page = village_of(call), page_of(call)
    waiting = call.request.query.get("waiting") == "1"
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        there = await stocks(db, call.official, scheme[0].id) if scheme else []
        found, total = (
            await entitled(db, call.official, scheme[0].id, village, page, waiting=waiting) if scheme else ([], 0)
        )
        villages = await all_villages(db, call.official)
    return call.page(
        "goods.html",
        stocks=there,
        found=found,
        total=total,
        places=[(one.code, one.name) for one in villages],
        asked={"village": village, "waiting": "1" if waiting else ""},
        page=page,
        pages=pages_of(total),
    )


@allow(*CASE_READERS)
async def show_household(call: Call) -> web.Response:
    """One household's goods; who received them is masked."""
    return await _household(call)


@allow(*CASE_READERS)
async def show_receivers(call: Call) -> web.Response:
    """The same with the names of those who received, this once; who looked stays in the event chain."""
    async with call.changing() as unit:
        await access_one(unit.db, call.official, Case, call.id)
        data = {"fields": ["received_by"]}
        unit.journal.add(Event(unit.now, call.official.actor, "personal.seen", f"case:{call.id}", data))
    return await _household(call, opened=True)


async def _household(call: Call, status: int = 0, *, opened: bool = False) -> web.Response:
    async with call.reading() as db:
        case = await access_one(db, call.official, Case, call.id)
        head = (await db.get_one(Household, case.household_id)).head
        given, files = await handed_to(db, call.official, call.id, opened=opened)
        grant = await db.get(Grant, call.id)
        there = await _stock(call, db, case) if call.official.role in GIVERS else []
    may = call.official.role in GIVERS and grant is not None and grant.state in ENTITLED
    return call.page(
        "household_goods.html",
        status or call.form.status,
        case=case,
        head=head,
        given=given,
        files=files,
        opened=opened,
        may=may,
        gives=call.official.role in GIVERS,
        stocks=[one for one in there if one.left.quantity > 0],
        relations=RELATIONS,
        entry=fresh(call),
        today=china_date(call.now).isoformat(),
    )


async def _stock(call: Call, db: AsyncSession, case: Case) -> list[Stock]:
    return await stocks(db, call.official, case.scheme_id, case.village[:9])


@allow(*GIVERS, largest=LARGEST_FORM)
async def do_hand_out(call: Call) -> web.Response:
    """Write down what the household was given, with its proof."""
    form = call.form
    async with call.reading() as db:
        case = await access_one(db, call.official, Case, call.id)
        ids = [one.fund.id for one in await _stock(call, db, case)]
    counts = {fund_id: pieces(call, f"pieces-{fund_id}") for fund_id in ids}
    on, received_by = form.day("given_on"), short_text(call, "received_by")
    shown = await proofs(call)
    if form.errors or on is None:
        return await _household(call)
    chosen = {fund_id: count for fund_id, count in counts.items() if count}
    giving = Giving(chosen, on, received_by, form.choice("relation", RELATIONS), shown)
    try:
        async with call.changing() as unit:
            await hand_out(unit, call.official, entry_id(call), call.id, giving)
    except NotBookedError as error:
        return await _household(call, against(call, error))
    return call.on(f"/admin/case/{call.id}/goods", "handout", 1)


@allow(*GIVERS)
async def do_take_back(call: Call) -> web.Response:
    """Take back a handout that was written down by mistake."""
    handout_id, reason = checked_id(call.form.text("handout")), short_text(call, "reason")
    if call.form.errors:
        return await _household(call)
    try:
        async with call.changing() as unit:
            await take_back_handout(unit, call.official, call.id, handout_id, reason)
    except NotBookedError as error:
        return await _household(call, against(call, error))
    return call.on(f"/admin/case/{call.id}/goods", "handout_back", 1)


@allow(*CASE_READERS)
async def show_proof(call: Call) -> web.Response:
    """A signature or a photo; that it was opened stays in the event chain."""
    act = checked_id(call.word("act"))
    async with call.changing() as unit:
        await access_one(unit.db, call.official, Case, call.id)
        if not await belongs(unit.db, call.id, act):
            raise OutOfAreaError
        return await hand_over(call, unit, f"handout:{act}")
