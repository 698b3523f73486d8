"""The form of one question to a page."""

import asyncio
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.desks import apply as desk
from intake.models import Attachment, Case, Contact, Household
from tests.faces.conftest import Faces
from tests.faces.household import typed
from tests.faces.resident import Resident
from tests.media import photo


async def cases(faces: Faces) -> list[str]:
    """The numbers of all cases."""
    async with faces.world.database.read() as db:
        return list(await db.scalars(select(Case.number).order_by(Case.id)))


async def to_the_summary(resident: Resident, number: int) -> None:
    """Walk every page."""
    await resident.open("/forms/apply")
    for key, value in typed(number).items():
        assert f'name="{key}"' in resident.html, (key, resident.text)
        await resident.fill({key: value})
        assert resident.status == 200, resident.text
    assert resident.path == "/forms/apply/check"


async def test_page_by_page_to_the_receipt(faces: Faces, resident: Resident) -> None:
    await to_the_summary(resident, 1)
    assert "石门村" in resident.text
    assert "干旱" in resident.text
    assert typed(1)["id_number"] not in resident.html
    await resident.fill()
    (number,) = await cases(faces)
    assert resident.path.startswith("/forms/apply/done?id=")
    assert number in resident.text
    async with faces.world.database.read() as db:
        household = (await db.scalars(select(Household))).one()
        assert (household.head, household.id_number) == ("王建国", typed(1)["id_number"])


async def test_progress_and_the_way_back(resident: Resident) -> None:
    await resident.open("/forms/apply")
    assert "第1步，共12步" in resident.text
    await resident.fill({"consent": "yes"})
    assert "第2步，共12步" in resident.text
    assert 'href="/forms/apply?at=consent"' in resident.html
    await resident.open("/forms/apply?at=consent")
    assert resident.fields["consent"] == ["yes"]


async def test_a_wrong_answer_stands_there_still_and_says_what_is_wrong(resident: Resident) -> None:
    await resident.open("/forms/apply?at=phone")
    await resident.fill({"phone": "1380000"})
    assert resident.status == 422
    assert resident.fields["phone"] == ["1380000"]
    assert 'aria-describedby="phone-error"' in resident.html
    assert 'id="phone-error"' in resident.html
    assert 'href="#phone-field"' in resident.html
    assert "有错" in resident.html.split("</title>")[0]
    await resident.fill({"phone": "13800001234"})
    assert resident.status == 200


async def test_no_consent_no_form(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply")
    await resident.fill({"consent": "no"})
    assert resident.status == 422
    assert "要同意才能提交" in resident.text


async def test_begun_in_the_talk_goes_on_here_and_back_again(faces: Faces, resident: Resident) -> None:
    async def say(words: str) -> str:
        body = {"id": str(uuid.uuid4()), "text": words}
        async with resident.http.post(faces.server.make_url("/channels/web"), json=body) as response:
            return "\n".join(reply["text"] for reply in (await response.json())["replies"])

    await resident.open("/chat")
    for words in ("申请", "同意", "王建国"):
        await say(words)
    await resident.open("/forms/apply")
    assert "身份证号" in resident.text
    assert "您上次填到这里" in resident.text
    await resident.fill({"id_number": typed(2)["id_number"]})
    assert "一共几口人" in await say("13800001234")


async def test_a_change_on_the_summary_leads_straight_back(resident: Resident) -> None:
    await to_the_summary(resident, 3)
    await resident.open("/forms/apply?at=head&back=1")
    await resident.fill({"head": "李秀英"})
    assert resident.path == "/forms/apply/check"
    assert "李秀英" in resident.text


async def test_a_change_that_makes_another_answer_impossible_asks_it_again(resident: Resident) -> None:
    await to_the_summary(resident, 4)
    await resident.open("/forms/apply?at=household_size&back=1")
    await resident.fill({"household_size": "1"})
    assert resident.path == "/forms/apply?at=persons_in_need&back=1"
    await resident.fill({"persons_in_need": "1"})
    assert resident.path == "/forms/apply/check"


async def test_a_private_answer_is_masked_and_kept_when_left_empty(resident: Resident) -> None:
    await to_the_summary(resident, 5)
    await resident.open("/forms/apply?at=id_number&back=1")
    assert typed(5)["id_number"] not in resident.html
    assert resident.fields["id_number"] == [""]
    await resident.fill()
    assert resident.path == "/forms/apply/check"


async def test_what_may_be_left_out_is_added_on_the_summary(resident: Resident) -> None:
    await to_the_summary(resident, 6)
    await resident.open("/forms/apply?at=remarks&back=1")
    await resident.fill({"remarks": "老人腿脚不便"})
    assert "老人腿脚不便" in resident.text


async def test_pressed_twice_at_once_it_is_one_case(faces: Faces, resident: Resident) -> None:
    await to_the_summary(resident, 7)
    twin = faces.resident()
    twin.http.cookie_jar.update_cookies(resident.http.cookie_jar.filter_cookies(faces.server.make_url("/")))
    await twin.open("/forms/apply/check")
    await asyncio.gather(resident.fill(), twin.fill())
    (number,) = await cases(faces)
    assert number in resident.text
    assert number in twin.text


async def test_a_summary_that_is_no_longer_true_is_shown_again(faces: Faces, resident: Resident) -> None:
    await to_the_summary(resident, 8)
    old = resident.html
    await resident.open("/forms/apply?at=head&back=1")
    await resident.fill({"head": "李秀英"})
    resident.html = old
    await resident.fill()
    assert resident.status == 409
    assert "李秀英" in resident.text
    assert await cases(faces) == []


async def test_a_fault_of_ours_keeps_everything(
    faces: Faces, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    await to_the_summary(resident, 9)

    async def broken(*_: object) -> None:
        raise RuntimeError("made up")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "receive", broken)
        await resident.fill()
    assert resident.status == 503
    assert "王建国" in resident.text
    await resident.open("/forms/apply/check")
    await resident.fill()
    assert len(await cases(faces)) == 1


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=["origin", "fetch"]
)
async def test_another_site_cannot_send_it(faces: Faces, resident: Resident, headers: dict[str, str]) -> None:
    await to_the_summary(resident, 10)
    await resident.fill(**headers)
    assert resident.status == 403
    assert await cases(faces) == []


async def test_a_page_without_our_token_is_shown_again_with_what_was_typed(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply?at=head")
    await resident.fill({".token": "wrong", "head": "王建国"})
    assert resident.status == 403
    assert resident.fields["head"] == ["王建国"]
    await resident.fill()
    assert resident.path == "/forms/apply?at=id_number"


async def test_a_village_by_a_name_that_several_have(resident: Resident) -> None:
    await resident.open("/forms/apply?at=village")
    await resident.fill({"village": "石门"})
    if resident.status == 422:
        assert resident.offered["village.pick"]
        await resident.fill({"village.pick": resident.offered["village.pick"][0]})
    assert resident.path == "/forms/apply?at=group"


async def test_a_village_from_the_list_without_typing(resident: Resident) -> None:
    await resident.open("/forms/apply?at=village&in=0")
    assert "潭头镇" in resident.text
    await resident.open("/forms/apply?at=village&in=410324103")
    assert "410324103201" in resident.offered["village.pick"]
    await resident.fill({"village.pick": "410324103201"})
    assert resident.path == "/forms/apply?at=group"
    await resident.open("/forms/apply?at=village")
    assert "石门村" in resident.fields["village"][0]
    await resident.fill()
    assert resident.path == "/forms/apply?at=group"


@pytest.mark.parametrize("under", ["999999", "abc", "'", "410324999", "4" * 5000])
async def test_a_place_that_there_is_not_begins_at_the_top(resident: Resident, under: str) -> None:
    await resident.open(f"/forms/apply?at=village&in={under}")
    assert resident.status == 200
    assert "潭头镇" in resident.text


async def test_another_language_stays_and_speaks_in_the_mistakes_too(resident: Resident) -> None:
    await resident.open("/forms/apply?at=phone&lang=en")
    assert 'lang="en' in resident.html
    await resident.open("/forms/apply?at=phone")
    assert 'lang="en' in resident.html
    await resident.fill({"phone": "12"})
    assert "手机" not in resident.html.split('id="phone-error"')[1].split("</p>")[0]


async def test_large_letters_stay(resident: Resident) -> None:
    await resident.open("/forms/apply?big=1")
    assert 'class="big"' in resident.html
    await resident.open("/forms")
    assert 'class="big"' in resident.html
    await resident.open("/forms?big=0")
    assert 'class="big"' not in resident.html


@pytest.mark.parametrize("path", ["/forms/nosuch", "/forms/person", "/forms/nosuch/all", "/forms/nosuch/check"])
async def test_what_is_no_form_says_so(resident: Resident, path: str) -> None:
    await resident.open(path)
    assert resident.status == 404
    assert "没有这张表" in resident.text


async def test_out_of_season_nobody_begins(faces: Faces, resident: Resident) -> None:
    faces.bot = replace(faces.bot, counties={"410324": replace(faces.bot.counties["410324"], is_open=False)})
    for path in ("/forms/apply", "/forms/apply/all"):
        await resident.open(path)
        assert "现在没有在收申请" in resident.text
        assert "form method" not in resident.html


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=%ff&.at=head&head=%00%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"a=1&" * 1000, "application/x-www-form-urlencoded"),
        (b"no parts at all", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\nnameless\r\n--x--", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b'{"at": "head"}', "application/json"),
        (b"x" * 300_000, "application/x-www-form-urlencoded"),
    ],
)
async def test_a_broken_form_is_refused_in_words(faces: Faces, resident: Resident, body: bytes, kind: str) -> None:
    await resident.open("/forms/apply")
    url = faces.server.make_url("/forms/apply")
    async with resident.http.post(url, data=body, headers={"Content-Type": kind}) as response:
        assert response.status in (200, 400, 403, 413)
        assert "<main" in await response.text()


async def test_the_kept_photos_belong_to_the_report(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/report?at=photos")
    await resident.fill({"photos": photo(mark=1)})
    assert resident.status == 200
    await resident.open("/forms/report?at=photos")
    assert len(resident.fields["photos"]) == 1
    await resident.fill({"photos": b"no photo at all"})
    assert resident.status == 422
    assert "不是照片" in resident.text
    assert len(resident.fields["photos"]) == 1
    async with faces.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Attachment)) == 1
        assert await db.scalar(select(func.count()).select_from(Contact)) == 1


async def test_a_form_with_nothing_to_ask_says_so(resident: Resident) -> None:
    await resident.open("/forms/bank_card")
    assert resident.status == 200
    assert "现在没有您能在这里办的" in resident.text
    await resident.open("/forms/bank_card/all")
    assert "现在没有您能在这里办的" in resident.text


async def test_a_form_that_ends_early_tells_what_the_talk_would(resident: Resident) -> None:
    await resident.open("/forms/objection")
    await resident.fill({"village": "潭头镇石门村"})
    assert resident.path.startswith("/forms/objection/done?id=")
    assert "石门村" in resident.text
