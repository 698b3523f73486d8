"""Bytes that are no text, and characters that no database or paper carries: read without them, or said to be no form."""

import pytest
from sqlalchemy import select

from intake.models import Review
from tests.admin.conftest import Console
from tests.admin.road import review
from tests.world import file_case


async def test_what_cannot_be_written_is_left_out_and_the_rest_is_kept(console: Console) -> None:
    case = await file_case(console.world)
    seen = await review(console, "need", [case], minutes="念名单\0，\x01举手\x0b表决", place="村\0委会")
    assert seen.status == 200
    async with console.world.database.read() as db:
        meeting = (await db.scalars(select(Review))).one()
    assert (meeting.minutes, meeting.place) == ("念名单，举手表决", "村委会")
    paper = {"disaster": "风\x01雹\0"}
    for kind in ("docx", "xlsx"):
        async with console.xian.http.post(
            console.server.make_url(f"/admin/papers/410324/annex1.{kind}"),
            data={"csrf": console.xian.csrf, **paper},
            headers={"Sec-Fetch-Site": "same-origin"},
        ) as response:
            assert response.status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/admin/audit/need?village=%00",
        "/admin/payments/new?division=%00",
        "/admin/papers?place=%00",
        "/admin/account/code?of=%00",
        "/admin/cases?q=%00&state=%00",
        "/admin/allocation?village=%00",
    ],
)
async def test_an_address_with_a_nul_is_read_without_it(console: Console, path: str) -> None:
    assert (await console.zhen.get(path)).status == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", "username=王建国".encode("gb18030")),
        ("application/x-www-form-urlencoded; charset=klingon", b"username=a"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a\0"\r\n\r\n1\r\n--x--\r\n'),
    ],
)
async def test_bytes_that_are_no_form_are_said_to_be_none(console: Console, kind: str, body: bytes) -> None:
    url, headers = console.server.make_url("/admin/login"), {"Content-Type": kind}
    async with console.cun.http.post(url, data=body, headers=headers) as response:
        assert response.status == 400
        assert "这份表读不出来" in await response.text()


async def test_a_place_that_is_none_breaks_no_answer(console: Console) -> None:
    case = await file_case(console.world)
    for division in ("1\r\nSet-Cookie: a=b", "9" * 9000):
        seen = await console.xian.post("/admin/payments/ask", {"case": str(case), "division": division})
        assert seen.status == 404
        assert "没有找到" in seen.text
