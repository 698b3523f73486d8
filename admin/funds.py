"""Money and goods that came in (G4, L10): the list, one of them, writing one down, passing on, taking back."""

from aiohttp import web

from admin.amounts import against, entry_id, fresh, pieces, short_text, surely
from admin.call import Call
from admin.gate import allow
from admin.listing import page_of, pages_of
from intake.funds import may_take_back, pass_on_fund, receive_fund, take_back
from intake.ledger.guards import NotBookedError, Receipt
from intake.models import Fund
from intake.procedure import Role
from intake.reads.funds import FundRow, fund_page, fund_rows
from intake.reads.lists import PER_PAGE
from intake.reads.papers.below import below
from intake.reads.seasons import current_scheme
from intake.scheme.parts import BUDGET_KINDS, GOODS, MONEY, SOURCES
from store.clock import china_date

READERS = (Role.TOWNSHIP, Role.COUNTY, Role.CIVIL, Role.INSPECTOR)
"""Who sees what came in."""
WRITERS = (Role.TOWNSHIP, Role.COUNTY)
"""Who receives."""


@allow(*READERS)
async def show_funds(call: Call) -> web.Response:
    """What came in, the latest first, and the form for more."""
    return await _list(call)


async def _list(call: Call, status: int = 0, sure: str = "") -> web.Response:
    page = page_of(call)
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        rows = await fund_rows(db, call.official, scheme[0].id) if scheme else []
    shown = [row for row in reversed(rows) if row.counters is None]
    return call.page(
        "funds.html",
        status or call.form.status,
        scheme=scheme[0] if scheme else None,
        rows=shown[(page - 1) * PER_PAGE : page * PER_PAGE],
        worth=_net(rows),
        total=len(shown),
        page=page,
        pages=pages_of(len(shown)),
        writes=call.official.role in WRITERS and scheme is not None and scheme[0].closed_at is None,
        entry=fresh(call),
        today=china_date(call.now).isoformat(),
        sources=SOURCES,
        kinds=BUDGET_KINDS,
        sure=sure,
    )


@allow(*WRITERS)
async def do_receive(call: Call) -> web.Response:
    """Write down what my place received."""
    form = call.form
    kind, source = form.choice("kind", BUDGET_KINDS), form.choice("source", SOURCES)
    if not kind:
        form.wrong("kind", "admin.funds.wrong.kind")
    if not source:
        form.wrong("source", "admin.funds.wrong.source")
    fen, quantity, on = form.amount_fen("worth"), pieces(call, "quantity"), form.day("received_on")
    if fen is None and "worth" not in form.errors:
        form.wrong("worth", "admin.funds.wrong.worth")
    texts = {field: short_text(call, field) for field in ("item", "unit", "document")}
    if fen is not None:
        surely(call, "worth", fen, quantity or 0)
    if form.errors or fen is None or on is None:
        return await _list(call, sure=f"{fen}-{quantity or 0}")
    receipt = Receipt(source, kind, fen, on, quantity=quantity or 0, **texts)
    try:
        async with call.changing() as unit:
            await receive_fund(unit, call.official, entry_id(call), receipt)
    except NotBookedError as error:
        return await _list(call, against(call, error))
    return call.on("/admin/funds", "fund", 1)


@allow(*READERS)
async def show_fund(call: Call) -> web.Response:
    """One of them, with everything that became of it."""
    return await _one(call)


async def _one(call: Call, status: int = 0) -> web.Response:
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        (first, *others), left = await fund_page(db, call.official, call.id)
        townships = await below(db, call.official, first.division) if call.official.role is Role.COUNTY else []
    opened = scheme is not None and scheme[0].closed_at is None and scheme[0].id == first.scheme_id
    own = Fund(division=first.division, passed_from=first.passed_from, counters=None)
    there = left.worth_fen > 0
    return call.page(
        "fund.html",
        status or call.form.status,
        fund=first,
        others=others,
        left=left,
        townships=townships if first.division == call.official.division else [],
        passes=there and opened and call.official.role is Role.COUNTY and first.division == call.official.division,
        takes=there and opened and call.official.role in WRITERS and may_take_back(call.official, own),
        entry=fresh(call),
        today=china_date(call.now).isoformat(),
    )


@allow(Role.COUNTY)
async def do_pass(call: Call) -> web.Response:
    """Pass a part of it on to a township."""
    form = call.form
    first = await _first(call)
    amount, on, document = _amount(call, first, "amount"), form.day("passed_on"), short_text(call, "document")
    if form.errors or amount is None or on is None:
        return await _one(call)
    township = form.text("township")
    if not (township.isascii() and township.isdigit()):
        township = ""
    try:
        async with call.changing() as unit:
            await pass_on_fund(unit, call.official, entry_id(call), call.id, township, amount, on, document)
    except NotBookedError as error:
        return await _one(call, against(call, error))
    return call.on(f"/admin/fund/{call.id}", "fund_passed", 1)


@allow(*WRITERS)
async def do_back(call: Call) -> web.Response:
    """Take a part of it back: it was written down by mistake."""
    first = await _first(call)
    amount, reason = _amount(call, first, "back_amount"), short_text(call, "reason")
    if call.form.errors or amount is None:
        return await _one(call)
    try:
        async with call.changing() as unit:
            await take_back(unit, call.official, entry_id(call), call.id, amount, china_date(unit.now), reason)
    except NotBookedError as error:
        return await _one(call, against(call, error, {"amount": "back_amount"}))
    return call.on(f"/admin/fund/{call.id}", "fund_back", 1)


async def _first(call: Call) -> FundRow:
    async with call.reading() as db:
        rows, _left = await fund_page(db, call.official, call.id)
    return rows[0]


def _amount(call: Call, fund: FundRow, field: str) -> int | None:
    """Fen of money, pieces of goods."""
    amount = call.form.amount_fen(field) if fund.kind == MONEY else pieces(call, field)
    if amount is None and field not in call.form.errors:
        call.form.wrong(field, "admin.funds.wrong.pieces_missing" if fund.kind == GOODS else "admin.funds.wrong.worth")
    return amount


def _net(rows: list[FundRow]) -> dict[int, tuple[int, int]]:
    """Pieces and fen of each fund after its counter entries."""
    found: dict[int, tuple[int, int]] = {}
    for row in rows:
        key = row.counters or row.id
        pieces_, fen = found.get(key, (0, 0))
        found[key] = pieces_ + row.quantity, fen + row.worth_fen
    return found
