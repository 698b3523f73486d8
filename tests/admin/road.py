"""The forms of the road from applied to paid, as officials fill them in."""

import re

from store.clock import china_date
from tests.admin.browser import Seen
from tests.admin.conftest import Console


def meeting(cases: list[int], **changes: object) -> dict[str, object]:
    """A review meeting that passes everyone, 20 to 5."""
    fields: dict[str, object] = {
        "held_on": "2022-11-01",
        "form": "villagers",
        "begins_at": "14:30",
        "place": "村委会会议室",
        "chair": "周大山",
        "clerk": "李小兰",
        "present": "25",
        "minutes": "村主任主持，逐户念名单，举手表决。",
        "case": [str(case) for case in cases],
    }
    for case in cases:
        fields |= {f"verdict-{case}": "pass", f"for-{case}": "20", f"against-{case}": "5"}
    return fields | changes


def amounts(cases: list[int], *tiers: str) -> dict[str, object]:
    """A tier for each case, the amount left to the tier."""
    return {f"tier-{case}": tier for case, tier in zip(cases, tiers, strict=True)}


def rulings(action: str, cases: list[int], **changes: object) -> dict[str, object]:
    """One ruling for all."""
    fields: dict[str, object] = {"case": [str(case) for case in cases]}
    return fields | {f"ruling-{case}": action for case in cases} | changes


async def review(console: Console, pass_: str, cases: list[int], **fields: object) -> Seen:
    """The village's meeting."""
    fields = {"held_on": china_date(console.clock.now()).isoformat()} | fields
    return await console.cun.post(f"/admin/village/{console.world.village}/review/{pass_}", meeting(cases, **fields))


async def post_notice(console: Console, pass_: str) -> Seen:
    """The village's notice."""
    return await console.cun.post(f"/admin/village/{console.world.village}/notice/{pass_}")


async def send_batch(console: Console, pass_: str) -> Seen:
    """The township's batch of everybody who is ready, as its page shows them."""
    page = await console.zhen.get(f"/admin/batches/{pass_}")
    ready = dict(re.findall(r'name="(village-\d{12})" value="(\d+)" checked', page.html))
    return await console.zhen.post(f"/admin/batches/{pass_}", ready)


async def through(console: Console, pass_: str, cases: list[int], *tiers: str) -> None:
    """A whole pass: meeting, notice, five days, audit, batch, decision."""
    more = amounts(cases, *tiers) if pass_ == "grant" else {}
    assert (await review(console, pass_, cases, **more)).status == 200
    await after_review(console, pass_, cases)


async def after_review(console: Console, pass_: str, cases: list[int]) -> None:
    """The rest of a pass."""
    assert (await post_notice(console, pass_)).status == 200
    await console.forward(5)
    assert (await console.zhen.post(f"/admin/audit/{pass_}", rulings("pass_audit", cases))).status == 200
    assert (await send_batch(console, pass_)).status == 200
    assert (await console.xian.post(f"/admin/decide/{pass_}", rulings("accept", cases))).status == 200
