"""L7: a meeting says where, when, who led it and who wrote; its page shows that to the officials of the area."""

import re

import pytest

from tests.admin.conftest import Console
from tests.admin.road import review
from tests.world import file_case

NAMES = "\r\n".join(f"村民{number}" for number in range(25))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("place", " ", "没有写地点"),
        ("begins_at", "", "没有写开始时间"),
        ("begins_at", "下午", "“下午”不是时间。请写成这样：14:30。"),
        ("begins_at", "25:00", "不是时间"),
        ("ends_at", "14:30", "L7 会议结束时间比开始时间早"),
        ("chair", "", "没有写主持人"),
        ("clerk", "", "没有写记录人"),
        ("clerk", "王" * 101, "最多100个字"),
        ("attendance", "周大山\n李小兰", "L7 名单上有 2 人，到会人数写的是 25 人"),
    ],
)
async def test_L7_a_meeting_says_all_of_itself(console: Console, field: str, typed: str, words: str) -> None:
    case = await file_case(console.world)
    seen = await review(console, "need", [case], **{field: typed})
    assert seen.status == 422 and words in seen.text
    assert f'id="{field}-wrong"' in seen.html


async def test_L7_the_meeting_has_a_page(console: Console) -> None:
    case = await file_case(console.world)
    assert (await review(console, "need", [case], ends_at="16：05", attendance=NAMES)).status == 200
    dossier = await console.xian.get(f"/admin/case/{case}")
    link = re.search(r"/admin/meetings/\d+", dossier.html)
    assert link is not None
    for browser in (console.cun, console.zhen, console.xian):
        page = await browser.get(link[0])
        for part in ("14:30–16:05", "村委会会议室", "周大山", "李小兰", "村民0、村民1、", "村民24", "举手表决"):
            assert part in page.text, part
    assert (await console.zhen.get("/admin/meetings/1")).status == 404
