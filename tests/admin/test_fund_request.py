"""The page of the request for funds (L11): the county types it, and it has to equal the reported need."""

from intake.procedure import Role
from tests.admin.browser import Seen
from tests.admin.conftest import Console
from tests.admin.road import through
from tests.world import file_case


async def ask(console: Console, households: int = 2, persons: int = 6, after: int = 0, **changes: object) -> Seen:
    """The county sends the form."""
    fields: dict[str, object] = {"households": households, "persons": persons, "after": after}
    fields |= {"money": "1,800", "goods": "", "document": "栾应急〔2022〕60号", "requested_on": "2022-11-01"}
    return await console.xian.post("/admin/request", fields | changes)


async def needy(console: Console, number: int) -> None:
    """Households whose need is accepted."""
    await through(console, "need", [await file_case(console.world) for _ in range(number)])


async def test_L11_a_request_has_the_numbers_of_the_reported_need(console: Console) -> None:
    assert "现在不能申请" in (await console.xian.get("/admin/request")).text
    await needy(console, 2)
    seen = await console.xian.get("/admin/request")
    assert "2 户" in seen.text and "6 人" in seen.text and "¥600.00 到 ¥1,800.00" in seen.text
    refused = await ask(console, 3, 9)
    assert refused.status == 422
    assert "申请写的是 3 户 9 人，已上报的需救助名单是 2 户 6 人" in refused.text
    assert 'value="栾应急〔2022〕60号"' in refused.html and 'value="1,800"' in refused.html
    done = await ask(console)
    assert done.path == "/admin/request" and "已记下申请：2 户" in done.text and "和名单一致" in done.text
    calendar = await console.xian.get("/admin/calendar")
    assert "办完了" in calendar.text and "办完了" not in (await console.zhen.get("/admin/calendar")).text


async def test_L11_a_need_that_changed_is_told_on_both_pages(console: Console) -> None:
    await needy(console, 2)
    await ask(console)
    assert "请重新申请" not in (await console.xian.get("/admin/")).text
    await needy(console, 1)
    assert "申请写的是 2 户 6 人，现在名单上是 3 户 9 人" in (await console.xian.get("/admin/request")).text
    assert "请重新申请" in (await console.xian.get("/admin/")).text
    assert "请重新申请" in (await console.xian.get("/admin/calendar")).text
    assert "请重新申请" not in (await console.cun.get("/admin/")).text
    assert (await ask(console, 3, 9, 1)).status == 200
    assert "请重新申请" not in (await console.xian.get("/admin/")).text


async def test_what_is_typed_wrong_comes_back_with_everything_typed(console: Console) -> None:
    await needy(console, 2)
    seen = await ask(console, money="很多", persons="六个", requested_on="昨天")
    assert seen.status == 422
    for kept in ("很多", "六个", "昨天", "栾应急〔2022〕60号"):
        assert f'value="{kept}"' in seen.html
    assert (await ask(console, money="-5")).status == 422
    assert (await ask(console, money="0")).status == 422
    assert (await ask(console, document="")).status == 422
    assert "还没有记" in (await console.xian.get("/admin/request")).text


async def test_the_same_form_sent_twice_is_one_request_and_a_stale_one_is_told(console: Console) -> None:
    await needy(console, 2)
    await ask(console)
    assert (await ask(console)).status == 200
    stale = await ask(console, money="900")
    assert stale.status == 422 and "刚才有人先记了一次申请" in stale.text and 'name="after" value="1"' in stale.html
    assert "第 2 次" not in stale.text


async def test_civil_affairs_the_inspector_and_the_township_read_it(console: Console) -> None:
    await needy(console, 2)
    await ask(console)
    for role in (Role.CIVIL, Role.INSPECTOR):
        await console.hire(role.value, role, "410324")
        browser = await console.browser(role.value)
        seen = await browser.get("/admin/request")
        assert "2 户 6 人" in seen.text and "记下申请" not in seen.text.replace("已经记下的申请", "")
        assert (await browser.post("/admin/request", {})).status == 403
        await browser.http.close()
    township = await console.zhen.get("/admin/request")
    assert "县里的申请" in township.text and "请示文号" in township.text
    assert (await console.cun.get("/admin/request")).status == 403
