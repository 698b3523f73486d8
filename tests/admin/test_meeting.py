"""L7: a meeting says where, when, who led it and who wrote; its page shows that to the officials of the area."""

import re

import pytest
from sqlalchemy import select

from intake import meeting_photos
from intake.models import EventRow
from locales import HOME, texts
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console
from tests.admin.road import review
from tests.media import SECRET, photo
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


async def send_photo(browser: Browser, path: str, content: bytes) -> Seen:
    """Choose a file and press the button."""
    return await browser.upload(f"{path}/photo", photo=("photo.jpg", content))


async def test_L7_a_meeting_has_photos_for_the_officials_of_its_area(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    dossier = await console.cun.get(f"/admin/case/{case}")
    (path,) = set(re.findall(r"/admin/meetings/\d+", dossier.html))
    assert "还没有照片" in (await console.cun.get(path)).text
    assert "还没有选照片" in (await send_photo(console.cun, path, b"")).text
    assert "不是能看的照片" in (await send_photo(console.cun, path, b"no photo at all")).text
    for _twice in range(2):
        done = await send_photo(console.cun, path, photo())
        assert (done.status, "照片已添上" in done.text) == (200, True), done.text
    assert (await send_photo(console.zhen, path, photo())).status == 403
    page = await console.xian.get(path)
    (file,) = set(re.findall(rf"{path}/file/\d+", page.html))
    async with console.xian.http.get(console.server.make_url(file)) as response:
        assert (response.status, response.content_type) == (200, "image/jpeg")
        assert SECRET not in await response.read()
    assert (await console.xian.get(re.sub(r"meetings/\d+/", "meetings/1/", file))).status == 404
    monkeypatch.setattr(meeting_photos, "MOST", 1)
    enough = texts(HOME)("refusal.L7.enough_photos", most=1)
    assert f"L7 {enough}" in (await send_photo(console.cun, path, photo(mark=100))).text
    async with console.world.database.read() as db:
        kinds = list(await db.scalars(select(EventRow.kind).where(EventRow.subject.like("review:%"))))
    assert (kinds.count("review.photo"), kinds.count("attachment.opened")) == (1, 1)


async def test_a_village_finds_its_meetings_from_its_home_page(console: Console) -> None:
    cases = [await file_case(console.world) for _ in range(2)]
    assert "开过的评议会" not in (await console.cun.get("/admin/")).text
    await review(console, "need", cases)
    home = await console.cun.get("/admin/")
    assert "开过的评议会" in home.text and "表决了 2 户" in home.text
    path = re.search(r'href="(/admin/meetings/\d+)"', home.html)
    assert path is not None
    page = await console.cun.get(path[1])
    assert "打印会议记录" in page.text
    action = re.search(r'action="(/admin/papers/\d{12}/minutes.docx)"', page.html)
    held = re.search(r'name="review" value="(\d+)"', page.html)
    assert action is not None and held is not None
    async with console.cun.http.post(
        console.server.make_url(action[1]), data={"csrf": console.cun.csrf, "review": held[1]}
    ) as printed:
        assert printed.status == 200 and (await printed.read()).startswith(b"PK")
    assert "开过的评议会" not in (await console.zhen.get("/admin/")).text
