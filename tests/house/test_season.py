"""The main job, whole: a resident applies on a channel, three officials decide, the channel tells each result."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from intake.events import verify
from intake.models import Case, Grant, Household
from tests.admin.browser import Browser
from tests.admin.paying import pay
from tests.admin.road import rulings
from tests.house.town import Person, TelegramPerson, Town, WebPerson, WeChatPerson, open_town
from tests.world import SHIMEN, resident_id

CARD = "6217000000000000004"
TALK = (
    "申请",
    "同意",
    "高玉兰",
    resident_id(901),
    "138 0000 9901",
    "四口人",
    "仨",
    "潭头石门",
    "二组",
    "留守老人",
    "风雹干旱",
    "1",
    "玉米被冰雹打坏，粮食不够吃",
    "提交",
)


async def apply(person: Person) -> list[str]:
    """Walk the whole form."""
    assert len(TALK) <= 14
    return [await person.say(text) for text in TALK]


async def case_of(town: Town) -> Case:
    """The case that the talk made."""
    async with town.house.database.read() as db:
        query = select(Case).join(Household, Household.id == Case.household_id).where(Household.head == "高玉兰")
        return (await db.scalars(query)).one()


async def pass_through(officials: dict[str, Browser], case: int, pass_: str, held_on: str, **more: object) -> None:
    """A whole pass by the console: meeting, notice, five days, audit, decision."""
    cun, zhen, xian = officials["cun"], officials["zhen"], officials["xian"]
    meeting: dict[str, object] = {
        "held_on": held_on,
        "begins_at": "14:30",
        "place": "村委会会议室",
        "chair": "周大山",
        "clerk": "李小兰",
        "form": "villagers",
        "present": "25",
        "minutes": "逐户念名单，举手表决。",
        "case": [str(case)],
        f"verdict-{case}": "pass",
        f"for-{case}": "20",
        f"against-{case}": "5",
    }
    said = await cun.post(f"/admin/village/{SHIMEN}/review/{pass_}", meeting | more)
    assert said.status == 200, said.text
    assert (await cun.post(f"/admin/village/{SHIMEN}/notice/{pass_}")).status == 200
    assert (await cun.post("/admin/demo/clock", {"days": 5, "back": "/admin/"})).status == 200
    assert (await zhen.post(f"/admin/audit/{pass_}", rulings("pass_audit", [case]))).status == 200
    sent = await zhen.post(f"/admin/batches/{pass_}", {f"village-{SHIMEN}": "1"})
    assert sent.path.startswith("/admin/batch/"), sent.text
    assert (await xian.post(f"/admin/decide/{pass_}", rulings("accept", [case]))).status == 200


@pytest.mark.parametrize(
    ("make", "aes"),
    [(WebPerson, False), (WeChatPerson, False), (WeChatPerson, True), (TelegramPerson, False)],
    ids=["web", "wechat", "wechat-aes", "telegram"],
)
async def test_from_the_first_word_to_paid(
    database_url: str, make: Callable[[Town], Person], aes: bool, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_town(database_url, aes=aes) as town:
        person = make(town)
        answers = await apply(person)
        case = await case_of(town)
        assert case.number in answers[-1]
        assert "高玉兰" in answers[-2]
        officials = {name: await town.browser(name) for name in ("cun", "zhen", "xian")}

        await pass_through(officials, case.id, "need", "2022-11-15")
        told = await person.told(5)
        assert all(case.number in text for text in told[:5])
        assert any("66789599" in text for text in told)

        # A follower's word opens the window of five messages anew.
        assert "您好" in await person.say("你好")
        amounts = {f"tier-{case.id}": "heavier", f"amount-{case.id}": "600"}
        await pass_through(officials, case.id, "grant", "2022-11-20", **amounts)
        town.wechat.allow(WeChatPerson.openid)
        for text in ("报银行卡", CARD, "高玉兰", "提交"):
            given = await person.say(text)
        assert CARD[-4:] in given
        paid = await pay(officials["zhen"], officials["xian"], "2022-11-25")
        assert "已写下 1 户的结果。" in paid.text

        told = await person.told(11)
        assert "600" in told[-1]
        async with town.house.database.read() as db:
            grant = await db.get_one(Grant, case.id)
        assert (grant.state, grant.amount_fen) == ("paid", 600_00)
        notices = await officials["cun"].get(f"/notices/{SHIMEN}")
        assert "高玉兰" in notices.text
        for secret in (resident_id(901), "13800009901", "玉米被冰雹", CARD, "二组"):
            assert secret not in notices.html
        async with town.house.database.connect() as connection:
            assert isinstance(await verify(connection), int)
