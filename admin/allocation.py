"""The allocation helper: what could each household get? A proposal on which nothing is decided."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from admin.allocation_asked import GOODS, SHARES, read_wish
from admin.allocation_book import XLSX, workbook
from admin.allocation_tables import VillageSum, by_village, rows, stocks, village_sums
from admin.call import Call
from admin.forms import Form
from admin.gate import allow
from admin.words import refusal
from intake.allocation.explain import explanation
from intake.allocation.household import Wish
from intake.allocation.plan import propose
from intake.allocation.result import Plan, Proposal
from intake.allocation.score import USUAL
from intake.hints import give_hints
from intake.moves import RefusedError
from intake.procedure import Role
from intake.reads.allocation import Listed, households_of
from intake.reads.hints import Given, last_given
from intake.reads.seasons import current_scheme

PATH = "/admin/allocation"
AT_ONCE = 100
"""Households on one page; where there are more, one village after the other is shown."""
_MORE = (*(f"{code}-stock" for code in GOODS), *(f"share-{tier}" for tier in SHARES))
_OURS = ("csrf", "done", "n", "given")
"""Fields that say nothing of what is asked for."""
_FIELDS = 200
"""Fields of the form that are carried on, at the most."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was asked, read and found; ``plan`` is None where there is no scheme."""

    call: Call
    scheme_id: int
    listed: dict[int, Listed]
    wish: Wish
    plan: Plan | None
    asked: bool
    query: str
    given: Given | None = None


@allow(Role.TOWNSHIP, Role.COUNTY)
async def show_allocation(call: Call) -> web.Response:
    """The form, and what comes of it for the area's households."""
    return _page(await _seen(replace(call, form=Form(call.t, dict(call.request.query)))))


@allow(Role.TOWNSHIP, Role.COUNTY)
async def show_workbook(call: Call) -> web.Response:
    """The same as a workbook; with ``village`` that village alone."""
    seen = await _seen(replace(call, form=Form(call.t, dict(call.request.query))))
    if seen.plan is None or not seen.plan.proposals or seen.call.form.errors:
        return call.on(f"{PATH}?{seen.query}")
    sums = village_sums(seen.plan, seen.listed)
    chosen = [one for one in sums if one.code == call.request.query.get("village")] or sums
    codes = {one.code for one in chosen}
    lines = rows(call.t, [o for o in seen.plan.proposals if o.household.village in codes], seen.plan, seen.listed)
    body = await asyncio.to_thread(workbook, call.t, lines, chosen)
    name = "-".join(["allocation", *(sorted(codes) if len(codes) == 1 else [call.official.division or ""])])
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return web.Response(body=body, content_type=XLSX, headers=headers)


@allow(Role.TOWNSHIP)
async def do_hint(call: Call) -> web.Response:
    """Give the proposal to the township's villages as a hint for their meetings."""
    seen = await _seen(call)
    if seen.plan is None or not seen.plan.proposals or call.form.errors:
        return _page(seen, 422)
    said = {one.household.key: explanation(one, USUAL) for one in seen.plan.proposals}
    async with call.changing() as unit:
        try:
            before = call.form.text("given") if "given" in call.form.typed else None
            given = await give_hints(unit, call.official, seen.scheme_id, seen.plan, said, before)
        except RefusedError as error:
            call.form.refuse(error, {})
            return _page(await _seen(call))
    return call.on(f"{PATH}?{seen.query}", "hinted", given)


async def _seen(call: Call) -> _Seen:
    form = call.form
    async with call.reading() as db:
        scheme = await current_scheme(db, call.official)
        listed = await households_of(db, call.official, scheme[0].id) if scheme else []
        given = await last_given(db, call.official, scheme[0].id) if scheme else None
    known = {one.household.key: one for one in listed}
    wish, asked = read_wish(form, {one.household.township for one in listed})
    kept = [(name, value) for name, value in form.typed.items() if name not in _OURS and value]
    query = urlencode(kept[:_FIELDS])
    if scheme is None:
        return _Seen(call, 0, known, wish, None, asked, query)
    households = [one.household for one in listed]
    plan = await asyncio.to_thread(propose, households, scheme[1], USUAL, wish)
    return _Seen(call, scheme[0].id, known, wish, plan, asked and not form.errors, query, given)


def _page(seen: _Seen, status: int | None = None) -> web.Response:
    call, plan = seen.call, seen.plan
    townships = {one.household.township: one.township_name for one in seen.listed.values()}
    sums = village_sums(plan, seen.listed) if plan and seen.asked else []
    shown = _shown(plan, sums, call.form.text("village")) if plan and seen.asked else []
    lines = rows(call.t, shown, plan, seen.listed) if plan else []
    return call.page(
        "allocation.html",
        status or call.form.status,
        plan=plan,
        asked=seen.asked,
        query=seen.query,
        given=seen.given,
        others=urlencode([pair for pair in parse_qsl(seen.query) if pair[0] != "village"]),
        split=any(call.form.text(f"money-{code}") for code in townships),
        opened=any(call.form.text(name) for name in _MORE) or call.form.text("order") == "village",
        carried=[(name, value) for name, value in call.form.typed.items() if name not in _OURS],
        townships=townships,
        sums=sums,
        stocks=stocks(plan, seen.wish) if plan else [],
        villages=by_village(lines),
        names={one.code: one for one in sums},
        shortages=[
            (short, refusal(call.t, short.refusal), [_village_name(seen, code) for code in short.villages])
            for short in (plan.shortages if plan and seen.asked else ())
        ],
        apart=[(seen.listed[one.key], refusal(call.t, said)) for one, said in (plan.apart if plan else ())],
        goods=GOODS,
        shares=SHARES,
        weights=USUAL,
    )


def _shown(plan: Plan, sums: Sequence[VillageSum], village: str) -> list[Proposal]:
    """All households where they are few, else those of one village."""
    codes = {one.code for one in sums}
    if village in codes or len(plan.proposals) > AT_ONCE:
        codes = {village if village in codes else sums[0].code} if sums else set()
    return [one for one in plan.proposals if one.household.village in codes]


def _village_name(seen: _Seen, code: str) -> str:
    return next((one.village_name for one in seen.listed.values() if one.household.village == code), code)
