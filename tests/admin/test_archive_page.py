"""The archive from the console: ordered, made by whoever comes first, fetched with an event, gone after some days."""

import asyncio
import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.archive.locked import unlock
from intake.archive.making import Order, UnprovenError
from intake.archive.orders import KEPT, SILENT, LostError, keep, take
from intake.archive.verify import verify_archive
from intake.models import Archive, ArchivePart, Case, EventRow
from intake.procedure import Role
from service.archiver import Archiver, pieces
from tests.admin.browser import Browser
from tests.admin.conftest import Console
from tests.admin.road import through
from tests.world import file_case

ORDER = {"season": "2022-2023"}


async def fetch(browser: Browser, path: str, **fields: str) -> tuple[int, bytes]:
    data = {"csrf": browser.csrf, **fields}
    headers = {"Sec-Fetch-Site": "same-origin"}
    async with browser.http.post(browser.server.make_url(path), data=data, headers=headers) as response:
        return response.status, await response.read()


async def only(console: Console) -> Archive:
    async with console.world.database.read() as db:
        return (await db.scalars(select(Archive))).one()


async def events(console: Console) -> list[str]:
    async with console.world.database.read() as db:
        query = select(EventRow.kind).where(EventRow.kind.startswith("archive.")).order_by(EventRow.seq)
        return list(await db.scalars(query))


async def made(console: Console) -> str:
    """An archive that can be fetched; its address."""
    await file_case(console.world)
    assert "已经开始归档" in (await console.xian.post("/admin/archive", ORDER)).text
    archiver = Archiver(console.world.units)
    await archiver.make_archives()
    await archiver.wait()
    return f"/admin/archive/{(await only(console)).id}/file.zip"


async def test_an_archive_is_ordered_made_and_fetched(console: Console) -> None:
    path = await made(console)
    row = await only(console)
    page = await console.xian.get("/admin/archive")
    assert "做好了" in page.text and row.key in page.text
    status, _ = await fetch(console.xian, path)
    assert status == 422
    for fields in ({"password": "short"}, {"password": "four plain words", "again": "four plain word"}):
        assert (await fetch(console.xian, path, **fields))[0] == 422
    assert await events(console) == ["archive.ordered", "archive.made"]
    status, plain = await fetch(console.xian, path, plain="yes")
    assert status == 200 and verify_archive(io.BytesIO(plain), row.key).faults == [] and len(plain) == row.size
    words = {"password": "four plain words", "again": "four plain words"}
    status, sealed = await fetch(console.xian, path, **words)
    assert status == 200 and zipfile.ZipFile(io.BytesIO(sealed)).namelist() == ["archive.zip"]
    assert b"".join(unlock(io.BytesIO(sealed), "four plain words")) == plain
    assert await events(console) == ["archive.ordered", "archive.made", "archive.fetched", "archive.fetched"]
    async with console.world.database.read() as db:
        raw = await db.scalar(select(func.count()).select_from(ArchivePart))
        assert raw and raw >= 1


async def test_nobody_else_fetches_it(console: Console) -> None:
    path = await made(console)
    assert (await fetch(console.zhen, path, plain="yes"))[0] == 403
    await console.hire("inspector", Role.INSPECTOR, "410324")
    inspector = await console.browser("inspector")
    await inspector.get("/admin/archive")
    assert (await fetch(inspector, path, plain="yes"))[0] == 200
    assert (await fetch(inspector, "/admin/archive", **ORDER))[0] == 403
    assert (await fetch(inspector, "/admin/archive/1/file.zip", plain="yes"))[0] == 404
    await inspector.http.close()


async def test_one_county_has_one_under_way(console: Console) -> None:
    both = await asyncio.gather(*(console.xian.post("/admin/archive", ORDER) for _ in range(2)))
    assert sorted(one.status for one in both) == [200, 409]
    assert (await console.xian.post("/admin/archive", {"season": "1999-2000"})).status == 422
    assert await events(console) == ["archive.ordered"]


async def test_what_a_dead_process_left_is_made_again_and_it_writes_no_more(console: Console) -> None:
    await console.xian.post("/admin/archive", ORDER)
    units = console.world.units
    dead = await take(units, "dead")
    assert dead is not None and await take(units, "other") is None
    await keep(units, dead, 0, b"half")
    console.clock.forward(SILENT + timedelta(seconds=1))
    archiver = Archiver(units)
    await archiver.make_archives()
    try:
        await keep(units, dead, 1, b"more")
    except LostError:
        pass
    else:
        raise AssertionError("a process that was given up wrote on")
    await archiver.wait()
    row = await only(console)
    assert row.state == "ready" and row.tries == 2
    _, plain = await fetch(console.xian, f"/admin/archive/{row.id}/file.zip", plain="yes")
    assert verify_archive(io.BytesIO(plain)).faults == []


async def test_three_tries_are_enough(console: Console) -> None:
    await console.xian.post("/admin/archive", ORDER)
    async with console.world.database.write() as db:
        await db.execute(update(Archive).values(tries=3))
    await Archiver(console.world.units).make_archives()
    assert (await only(console)).state == "failed"
    assert "试了三次" in (await console.xian.get("/admin/archive")).text
    assert (await console.xian.post("/admin/archive", ORDER)).status == 200


async def test_it_is_gone_after_its_days(console: Console) -> None:
    path = await made(console)
    console.clock.forward(KEPT + timedelta(minutes=1))
    await Archiver(console.world.units).make_archives()
    async with console.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(ArchivePart)) == 0
    await console.xian.sign_in("xian")
    await console.xian.get("/admin/archive")
    assert (await fetch(console.xian, path, plain="yes"))[0] == 404


async def test_L12_a_season_whose_batches_do_not_hold_is_not_archived(console: Console) -> None:
    case = await file_case(console.world)
    await through(console, "need", [case])
    async with console.world.database.write() as db:
        await db.execute(update(Case).where(Case.id == case).values(household_size=9))
    seen = await console.xian.post("/admin/archive", ORDER)
    assert (seen.status, "这份名单对不上了" in seen.text) == (409, True), seen.text
    assert await events(console) == []
    order = Order("410324", "2022-2023", "operator", console.clock.now())
    with pytest.raises(UnprovenError, match="410324-2022-00001"):
        await anext(pieces(console.world.database, order, _nobody))


async def _nobody(_done: int, _of: int) -> None:
    """Is told how far it is."""


async def test_a_page_without_archives_says_who_makes_one(console: Console) -> None:
    await console.hire("jijian", Role.INSPECTOR, "410324")
    inspector = await console.browser("jijian")
    assert "归档由县里做" in (await inspector.get("/admin/archive")).text
    assert "按“开始归档”" in (await console.xian.get("/admin/archive")).text
    await inspector.http.close()
