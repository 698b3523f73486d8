"""Many officials' pages at the same moment: nobody sees a failure, and each household moves once."""

import asyncio
import random
from collections import Counter

from sqlalchemy import select

from intake.models import Approval, Need
from intake.procedure import Role
from tests.admin.conftest import Console
from tests.admin.road import post_notice, review
from tests.world import file_case

EFFECT = {"pass_audit": ("audited", 1), "return": ("applied", 2)}


def page(cases: list[int], dice: random.Random) -> dict[str, object]:
    """Four households in any order, half of them passed, half sent back."""
    chosen = dice.sample(cases, 4)
    said = dict(zip(chosen, ("pass_audit", "return", "return", "pass_audit"), strict=True))
    fields: dict[str, object] = {"case": [str(case) for case in chosen]}
    for case, action in said.items():
        fields |= {f"ruling-{case}": action, f"reason-{case}": "请再核对人口" if action == "return" else ""}
    return fields


async def test_fifty_pages_that_rule_and_send_back_have_one_effect_on_each_household(console: Console) -> None:
    cases = [await file_case(console.world) for _ in range(12)]
    await review(console, "need", cases)
    await post_notice(console, "need")
    await console.forward(5)
    await console.hire("zhen2", Role.TOWNSHIP, console.world.village[:9])
    second = await console.browser("zhen2")
    dice = random.Random(12)
    pages = [page(cases, dice) for _ in range(50)]
    seen = await asyncio.gather(
        *(
            (second if number % 2 else console.zhen).post("/admin/audit/need", fields)
            for number, fields in enumerate(pages)
        )
    )
    await second.http.close()
    assert {one.status for one in seen} <= {200, 409}

    saved = [fields for one, fields in zip(seen, pages, strict=True) if one.status == 200]
    expected = dict.fromkeys(cases, ("proposed", 1))
    expected |= {case: EFFECT[str(fields[f"ruling-{case}"])] for fields in saved for case in map(int, fields["case"])}  # type: ignore[call-overload]
    async with console.world.database.read() as db:
        stood = {need.case_id: (need.state, need.revision) for need in await db.scalars(select(Need))}
        acted = list(await db.scalars(select(Approval.case_id).where(Approval.action.in_(EFFECT))))
    assert saved
    assert stood == expected
    assert Counter(acted) == Counter({case: 1 for case, (state, _) in expected.items() if state != "proposed"})
