"""What nobody types, and figures that nobody means: the pages say so, none of them fails."""

import pytest
from sqlalchemy import select

from intake.models import Review
from tests.admin.conftest import Console
from tests.admin.road import meeting, review
from tests.payments.accepted import accepted
from tests.world import file_case

DIGITS = "0" * 8 + "9" * 5000


async def test_a_number_of_thousands_of_digits_is_no_count(console: Console) -> None:
    case = await file_case(console.world)
    for field in ("present", f"for-{case}", f"against-{case}"):
        seen = await console.cun.post(
            f"/admin/village/{console.world.village}/review/need", meeting([case], **{field: DIGITS})
        )
        assert (seen.status, "不是数" in seen.text) == (422, True)
    seen = await console.zhen.post("/admin/request", {"households": "0000000999999", "persons": DIGITS})
    assert (seen.status, seen.text.count("不是数")) == (422, 2)


@pytest.mark.parametrize("division", ["410324103\r\nX: y", "410324103?", "四一零", "41032410", "4" * 5000])
async def test_a_card_is_asked_for_at_a_place_that_can_be(console: Console, division: str) -> None:
    (case,) = await accepted(console.world, 200_00, cards=False)
    for path in ("/admin/payments/ask", "/admin/payments/new"):
        seen = await console.zhen.post(path, {"case": str(case), "division": division})
        assert seen.status == 404


async def test_a_season_that_never_was_has_no_history(console: Console) -> None:
    for season in ("1999-2000", "x", "%00x"):
        assert (await console.cun.get(f"/admin/scheme/history?season={season}")).status == 404
    assert (await console.cun.get("/admin/scheme/history")).status == 200


async def test_signs_that_no_keyboard_has_are_left_out(console: Console) -> None:
    case = await file_case(console.world)
    seen = await review(console, "need", [case], place="村委会\x00会议室\x1b")
    assert seen.status == 200
    async with console.world.database.read() as db:
        assert await db.scalar(select(Review.place)) == "村委会会议室"
    url = console.server.make_url("/admin/papers/410324/annex1.docx")
    fields = {"csrf": console.xian.csrf, "disaster": "6.2\x00风雹\x0c灾害\x1b"}
    async with console.xian.http.post(url, data=fields, headers={"Sec-Fetch-Site": "same-origin"}) as response:
        assert response.status == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0202-11-01"])
async def test_a_day_of_another_age_is_none(console: Console, day: str) -> None:
    page = await console.xian.get("/admin/scheme/edit/dates")
    assert page.status == 200
    fields = {"season": "2022-2023", "version": "1", "pay_before": day}
    seen = await console.xian.post("/admin/scheme/edit/dates", fields)
    assert (seen.status, f"“{day}”不是日期" in seen.text) == (422, True)
    assert (await console.xian.get("/admin/")).status == 200


async def test_a_day_far_from_the_season_is_a_slip(console: Console) -> None:
    fields = {"season": "2022-2023", "version": "1", "pay_before": "2023-01-22", "dates.survey_by": "2122-10-10"}
    seen = await console.xian.post("/admin/scheme/edit/dates", fields)
    assert (seen.status, "请写 2021 年到 2024 年里的日子" in seen.text) == (422, True)
