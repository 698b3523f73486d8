"""People found in need, in the console: listed, opened behind a door, looked at once, referred."""

import asyncio

from sqlalchemy import select

from intake.attachments import attach, upload
from intake.media import PHOTO, looked_at
from intake.models import Case, Discovery
from intake.procedure import Role
from tests.admin.conftest import Console
from tests.intake.hardship import NOTE, discovery, events, referrals
from tests.media import photo
from tests.world import days, file_case

SAID = {"seen": "new", "state": "visited", "words": "送去棉被两床"}


async def with_photo(console: Console) -> tuple[Discovery, int]:
    """Someone who was told of with a photo."""
    world = console.world
    one = await discovery(world, teller="李秀英", teller_phone="+8613900001234")
    media = await looked_at(PHOTO, photo())
    async with world.database.connect() as connection:
        picture = await upload(connection, one.contact_id, PHOTO, media, world.clock.now())
        await attach(connection, one.contact_id, [picture], f"discovery:{one.id}")
    return one, picture


async def test_the_list_shows_the_counts_and_what_is_late(console: Console) -> None:
    await discovery(console.world)
    await discovery(console.world, village=console.world.far_village, situations=["homeless"])
    console.clock.forward(days(4))
    await console.zhen.sign_in("zhen")
    await console.xian.sign_in("xian")
    home = await console.zhen.get("/admin/")
    assert "困难户等人去看" in home.text and "其中超时 1 件" in home.text
    seen = await console.zhen.get("/admin/discoveries")
    assert "潭头镇石门村 1 1 超时 1 没吃的 1、生病或受伤 1" in seen.text
    assert "超时了" in seen.text and "没地方住" not in seen.text
    assert "没地方住" in (await console.xian.get("/admin/discoveries?state=new")).text
    assert "没有这样的困难户" in (await console.xian.get("/admin/discoveries?state=applied")).text
    odd = await console.xian.get("/admin/discoveries?state=nosuch&village=%00%27&page=99999999999")
    assert odd.status == 200


async def test_who_it_is_and_the_photos_stand_behind_a_door_that_leaves_events(console: Console) -> None:
    one, picture = await with_photo(console)
    path = f"/admin/discovery/{one.id}"
    closed = await console.cun.get(path)
    assert "138****1234" in closed.text and "点“显示”才看得到" in closed.text
    assert not [word for word in ("老赵", "李秀英", NOTE, "138 0000 1234", "<img") if word in closed.html]
    opened = await console.cun.post(f"{path}/personal")
    assert not [
        word for word in ("村东头的老赵", "李秀英", NOTE, "138 0000 1234", "139 0000 1234") if word not in opened.text
    ]
    assert f'src="{path}/file/{picture}"' in opened.html
    async with console.cun.http.get(console.server.make_url(f"{path}/file/{picture}")) as response:
        assert (response.status, response.content_type) == (200, "image/jpeg")
        assert response.headers["Cache-Control"] == "no-store"
        assert (await response.read()).startswith(b"\xff\xd8")
    kinds = await events(console.world, f"discovery:{one.id}")
    assert kinds == ["discovery.told", "personal.seen", "attachment.opened"]


async def test_nobody_from_elsewhere_gets_in(console: Console) -> None:
    one, picture = await with_photo(console)
    await console.hire("zhen2", Role.TOWNSHIP, console.world.far_village[:9])
    await console.hire("jijian", Role.INSPECTOR, "410324")
    path = f"/admin/discovery/{one.id}"
    for username, status in (("zhen2", 404), ("jijian", 403)):
        browser = await console.browser(username)
        for address in (path, f"{path}/file/{picture}"):
            assert (await browser.get(address)).status == status
        for address, fields in (
            (f"{path}/personal", {}),
            (f"{path}/say", SAID),
            (f"{path}/refer", {"service-water": 1}),
        ):
            assert (await browser.post(address, fields)).status == status
        await browser.http.close()
    other = await discovery(console.world)
    assert (await console.cun.get(f"/admin/discovery/{other.id}/file/{picture}")).status == 404
    assert await events(console.world, f"discovery:{one.id}") == ["discovery.told"]


async def test_what_came_of_it_is_written_down_once(console: Console) -> None:
    one = await discovery(console.world)
    path = f"/admin/discovery/{one.id}"
    wrong = await console.cun.post(f"{path}/say", {"seen": "new"})
    assert wrong.status == 422 and "请选一个结果" in wrong.text and "请写几个字" in wrong.text
    long = await console.cun.post(f"{path}/say", SAID | {"words": "很" * 1001})
    assert long.status == 422 and "您写了 1001 个" in long.text
    pages = await asyncio.gather(*(browser.post(f"{path}/say", SAID) for browser in (console.cun, console.zhen)))
    assert sorted(page.status for page in pages) == [200, 409]
    late = next(page for page in pages if page.status == 409)
    first = "zhen" if pages[0].status == 409 else "cun"
    assert f"{first} 已在 2022年11月1日 12:00 记下结果" in late.text and "送去棉被两床" in late.text
    assert "报信的人会收到一句话" in next(page for page in pages if page.status == 200).text


async def test_someone_applied_and_their_case_is_linked(console: Console) -> None:
    one, case_id = await discovery(console.world), await file_case(console.world)
    async with console.world.database.read() as db:
        number = str(await db.scalar(select(Case.number).where(Case.id == case_id)))
    path = f"/admin/discovery/{one.id}"
    for typed in ("", "410324-2022-99999", "﹛\x00"):
        wrong = await console.cun.post(f"{path}/say", SAID | {"state": "applied", "number": typed})
        assert wrong.status == 422 and "没有找到这个申请编号" in wrong.text
    done = await console.cun.post(f"{path}/say", SAID | {"state": "applied", "number": f" {number} "})
    assert f'href="/admin/case/{case_id}"' in done.html and "申请了救助" in done.text
    lost = await console.zhen.post(f"{path}/say", SAID | {"seen": "new"})
    assert lost.status == 409 and "您写的没有存下，抄在这里： 送去棉被两床" in lost.text


async def test_they_are_referred_and_what_is_open_is_not_opened_again(console: Console) -> None:
    one = await discovery(console.world, urgent="yes")
    path = f"/admin/discovery/{one.id}/refer"
    assert "请至少选一项" in (await console.cun.post(path)).text
    done = await console.cun.post(path, {"service-temporary": 1, "service-heating": 1, "service-nosuch": 1})
    assert "已转办 2 项" in done.text
    assert "已转办 0 项" in (await console.cun.post(path, {"service-heating": 1})).text
    assert [row.service for row in await referrals(console.world)] == ["temporary", "heating"]
