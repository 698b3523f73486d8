"""Handing out goods from the console: signed with a finger or photographed, on a phone, with and without a script."""

import re
from base64 import b64encode
from io import BytesIO

from PIL import Image
from sqlalchemy import func, select

from admin.goods import GIVERS
from intake.models import Attachment, EventRow, Handout
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console
from tests.intake.booking import drawn, granted, quilts

SIGNATURE = "data:image/png;base64," + b64encode(drawn()).decode()
ENTRY = re.compile(r'name="entry"[^>]* value="(\d+)"')


def entry(page: Seen) -> str:
    found = ENTRY.search(page.html)
    assert found is not None, page.text
    return found[1]


async def give(browser: Browser, case: int, fund: int, **changes: object) -> Seen:
    """Open the household's page, fill the form in, and send it."""
    page = await browser.get(f"/admin/case/{case}/goods")
    fields: dict[str, object] = {
        "entry": entry(page),
        f"pieces-{fund}": "2",
        "given_on": "2022-11-01",
        "signature": SIGNATURE,
    }
    return await browser.post(f"/admin/case/{case}/goods", fields | changes)


async def photographed(browser: Browser, case: int, fund: int, raw: bytes) -> Seen:
    """The same without a script: a photo alone."""
    page = await browser.get(f"/admin/case/{case}/goods")
    fields = {"entry": entry(page), f"pieces-{fund}": "1", "given_on": "2022-11-01"}
    return await browser.upload(f"/admin/case/{case}/goods", fields, photo=("a.jpg", raw))


async def handouts(console: Console) -> int:
    async with console.world.database.read() as db:
        return await db.scalar(select(func.count()).select_from(Handout)) or 0


async def test_the_village_hands_out_goods_and_the_stock_shrinks(console: Console) -> None:
    fund = await quilts(console.world, 5, 500_00, console.world.zhen)
    case = await granted(console.world, head="赵铁柱")
    page = await console.cun.get("/admin/goods")
    assert "棉被 省级 2022年10月20日 5 床 0 床 5 床" in page.text
    assert f'href="/admin/case/{case}/goods"' in page.html
    seen = await give(console.cun, case, fund.id, received_by="王小明", relation="family")
    assert seen.status == 200, seen.text
    assert "已登记发放" in (await console.cun.get(f"/admin/case/{case}/goods?done=handout&n=1")).text
    assert "棉被 2 床 ¥200.00" in seen.text and "代领：王**（同住家人）" in seen.text
    assert "棉被 省级 2022年10月20日 5 床 2 床 3 床" in (await console.zhen.get("/admin/goods")).text
    assert "棉被2床" in (await console.cun.get("/admin/goods")).text
    assert "没有可以领物资的户" in (await console.cun.get("/admin/goods?waiting=1")).text
    whole = await console.xian.get(f"/admin/case/{case}")
    assert "棉被2床" in whole.text and "发放了物资" in whole.text


async def test_a_photo_alone_is_enough_and_may_be_as_large_as_a_phone_makes_it(console: Console) -> None:
    fund = await quilts(console.world, 5, 500_00, console.world.zhen)
    case = await granted(console.world)
    file = BytesIO()
    Image.effect_noise((2400, 1800), 90).save(file, "JPEG", quality=95)
    assert len(file.getvalue()) > 2 * 1024 * 1024
    seen = await photographed(console.cun, case, fund.id, file.getvalue())
    assert (seen.status, await handouts(console)) == (200, 1), seen.text
    for raw, words in (
        (b"%PDF-1.4 no photo", "这不是能看的照片"),
        (b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "照片太大了"),
    ):
        seen = await photographed(console.cun, case, fund.id, raw)
        assert (seen.status, words in seen.text) == (422, True), seen.text


async def test_whoever_looks_at_a_proof_or_a_name_leaves_an_event(console: Console) -> None:
    fund = await quilts(console.world, 5, 500_00, console.world.zhen)
    case, other = await granted(console.world), await granted(console.world)
    seen = await give(console.cun, case, fund.id, received_by="王小明", relation="family")
    (path,) = re.findall(rf"/admin/case/{case}/goods/\d+/file/\d+", seen.html)
    async with console.xian.http.get(console.server.make_url(path)) as response:
        assert (response.status, response.content_type) == (200, "image/png")
    assert (await console.xian.get(path.replace(str(case), str(other)))).status == 404
    opened = await console.xian.post(f"/admin/case/{case}/goods/personal")
    assert "王小明" in opened.text
    async with console.world.database.read() as db:
        kinds = [row.kind for row in await db.scalars(select(EventRow).order_by(EventRow.seq))]
    assert kinds[-2:] == ["attachment.opened", "personal.seen"]


async def test_wrong_input_comes_back_with_everything_typed_the_signature_too(console: Console) -> None:
    fund = await quilts(console.world, 1, 100_00, console.world.zhen)
    case = await granted(console.world)
    for changes, words in (
        ({}, "没有这么多，还剩 1"),
        ({f"pieces-{fund.id}": "两床"}, "“两床”不是数量"),
        ({f"pieces-{fund.id}": ""}, "一样也没有填"),
        ({f"pieces-{fund.id}": "1", "signature": ""}, "请让领物资的人签名"),
        ({f"pieces-{fund.id}": "1", "signature": "data:image/png;base64,AAAA"}, "签名没有收到"),
        ({f"pieces-{fund.id}": "1", "given_on": "2022-11-30"}, "这一天还没有到"),
        ({f"pieces-{fund.id}": "1", "received_by": "王小明"}, "请选代领的人"),
        ({f"pieces-{fund.id}": "1", "received_by": "王" * 31}, "写得太长了"),
    ):
        seen = await give(console.cun, case, fund.id, **changes)
        assert (seen.status, words in seen.text) == (422, True), (changes, seen.text)
        assert str(changes.get("signature", SIGNATURE)) in seen.html
        assert str(changes.get("given_on", "2022-11-01")) in seen.html
    white = BytesIO()
    Image.new("RGB", (600, 240), "white").save(white, "PNG")
    blank = "data:image/png;base64," + b64encode(white.getvalue()).decode()
    assert "签名框是空的" in (await give(console.cun, case, fund.id, signature=blank)).text
    async with console.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Attachment)) == 0
    assert await handouts(console) == 0


async def test_a_second_press_is_told_and_adds_nothing(console: Console) -> None:
    fund = await quilts(console.world, 5, 500_00, console.world.zhen)
    case = await granted(console.world)
    page = await console.cun.get(f"/admin/case/{case}/goods")
    fields = {"entry": entry(page), f"pieces-{fund.id}": "1", "given_on": "2022-11-01", "signature": SIGNATURE}
    first, second = [await console.cun.post(f"/admin/case/{case}/goods", fields) for _ in range(2)]
    assert (first.status, second.status) == (200, 409)
    assert "没有重复记" in second.text
    assert await handouts(console) == 1


async def test_a_mistake_is_taken_back_with_a_reason_and_stays_on_the_page(console: Console) -> None:
    fund = await quilts(console.world, 5, 500_00, console.world.zhen)
    case = await granted(console.world)
    seen = await give(console.cun, case, fund.id)
    (row,) = re.findall(r'name="handout" value="(\d+)"', seen.html)
    back = f"/admin/case/{case}/goods/back"
    assert "请写冲回的原因" in (await console.zhen.post(back, {"handout": row, "reason": ""})).text
    done = await console.zhen.post(back, {"handout": row, "reason": "发错了户"})
    assert "已冲回" in done.text and "发错了户" in done.text
    again = await console.zhen.post(back, {"handout": row, "reason": "发错了户"})
    assert (again.status, "已经冲回过" in again.text) == (409, True)
    assert "棉被 省级 2022年10月20日 5 床 0 床 5 床" in (await console.zhen.get("/admin/goods")).text


async def test_whoever_only_looks_has_no_form_and_other_areas_do_not_exist(console: Console) -> None:
    fund = await quilts(console.world, 5, 500_00, console.world.zhen)
    case, far = await granted(console.world), await granted(console.world, village=console.world.far_village)
    looked = await console.xian.get(f"/admin/case/{case}/goods")
    assert (looked.status, "登记发放" in looked.text) == (200, False)
    assert (await console.xian.post(f"/admin/case/{case}/goods", {})).status == 403
    fields = {"entry": "1", f"pieces-{fund.id}": "1", "given_on": "2022-11-01", "signature": SIGNATURE}
    for path in (f"/admin/case/{far}/goods", f"/admin/case/{far}/goods/back", f"/admin/case/{far}/goods/personal"):
        assert (await console.zhen.post(path, fields | {"handout": "1"})).status == 404
    assert (await console.zhen.get(f"/admin/case/{far}/goods")).status == 404
    assert len(GIVERS) == 2
