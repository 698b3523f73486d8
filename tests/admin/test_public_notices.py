"""The public page: the four public things, the lines of L8, and nothing else."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from intake.models import Household
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console
from tests.admin.road import amounts, post_notice, review, through
from tests.world import file_case


async def look(console: Console, path: str, **headers: str) -> Seen:
    """Open a page as anybody, without signing in."""
    browser = Browser(console.server)
    seen = await browser.get(path, **headers)
    await browser.http.close()
    return seen


async def test_L7_the_notice_says_source_principle_recipients_standard_and_hotline(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    seen = await look(console, f"/notices/{console.world.village}")
    for words in (
        "潭头镇 石门村",
        "资金来源",
        "栾应急〔2022〕54号",
        "救助原则",
        "不平均分配，不优亲厚友",
        "救助对象（1 户）",
        "3 人",
        "冬春",
        "救助标准",
        "一般困难每人 ¥100.00",
        "每户一般不超过 ¥2,000.00",
        "监督电话 66789599",
        "公示中，到 2022年11月6日 12:00 结束",
    ):
        assert words in seen.text, words


async def test_L8_no_other_fact_of_a_case_reaches_the_public(console: Console) -> None:
    secrets: dict[str, Any] = {
        "group": "后沟自然村",
        "reason": "老伴瘫痪在床，冰雹打坏了玉米",
        "remarks": "电话打不通就找邻居",
        "address": "后沟自然村7号",
    }
    cases = [await file_case(console.world, **secrets, categories=["illness"]) for _ in range(2)]
    await through(console, "need", cases)
    statement = {f"statement-{cases[0]}": "家里有重病人，请多给些"}
    await review(console, "grant", cases, **amounts(cases, "special", "ordinary"), **statement)
    await post_notice(console, "grant")
    async with console.world.database.read() as db:
        households = list(await db.scalars(select(Household)))
    hidden = [
        *secrets.values(),
        *statement.values(),
        "因病",
        "瘫痪",
        "票",
        "村主任主持",
        "410324-2022-",
        *map(str, cases),
    ]
    for household in households:
        hidden += [household.id_number, household.id_number[-4:], household.phone, household.phone[-11:]]
    for path in ("/notices", "/notices/410324", "/notices/410324103", f"/notices/{console.world.village}"):
        seen = await look(console, path)
        assert seen.status == 200
        assert [one for one in hidden if one in seen.html] == [], path
    page = await look(console, f"/notices/{console.world.village}")
    assert "¥900.00" in page.text
    assert "¥300.00" in page.text
    assert "冬春救助资金发放公示" in page.text


async def test_an_ended_notice_stays_thirty_days(console: Console) -> None:
    case = await file_case(console.world)
    await review(console, "need", [case])
    await post_notice(console, "need")
    village, path = console.world.village, f"/notices/{console.world.village}"
    assert f"/notices/{village}" in (await look(console, "/notices/410324103")).html
    assert "石门村" in (await look(console, "/notices")).text
    console.clock.forward(timedelta(days=5))
    ended = await look(console, path)
    assert "公示已结束（2022年11月6日 12:00）" in ended.text
    assert "不再收异议" in ended.text
    assert "什么时候都可以打监督电话举报" in ended.text
    assert "请在公示结束前" not in ended.text
    assert "现在没有正在公示的村" in (await look(console, "/notices/410324103")).text
    console.clock.forward(timedelta(days=29, hours=23))
    assert "公示已结束" in (await look(console, path)).text
    console.clock.forward(timedelta(hours=1))
    assert "这个村现在没有公示" in (await look(console, path)).text


async def test_a_place_that_does_not_exist_says_so(console: Console) -> None:
    for path in ("/notices/110101", "/notices/999", "/notices/石门", "/notices/"):
        seen = await look(console, path)
        assert (seen.status, "没有这个地方" in seen.text) == (404, True), path


async def test_the_page_speaks_the_visitors_language_and_its_links_keep_the_one_asked_for(console: Console) -> None:
    await review(console, "need", [await file_case(console.world)])
    await post_notice(console, "need")
    village, path = console.world.village, f"/notices/{console.world.village}"
    asked = [
        ("", "en-GB,en;q=0.9,zh-CN;q=0.5", "en", "Who gets relief (households: 1)"),
        ("", "fr,bo;q=0.3,en;q=0.2", "bo-CN", "རོགས་སྐྱོབ་བྱ་ཡུལ (ཁྱིམ་ཚང་ 1)"),
        ("?lang=bo", "en", "bo-CN", "རོགས་སྐྱོབ་བྱ་ཡུལ (ཁྱིམ་ཚང་ 1)"),
        ("?lang=zh_Hans_CN", "en", "zh-Hans-CN", "救助对象（1 户）"),
        ("?lang=xx", "fr", "zh-Hans-CN", "救助对象（1 户）"),
    ]
    for query, header, tag, words in asked:
        seen = await look(console, path + query, **{"Accept-Language": header})
        assert (f'<html lang="{tag}">' in seen.html, words in seen.text) == (True, True), (query, header)
        assert "中文 · བོད་ཡིག · English" in seen.text
        assert "石门村" in seen.text
        assert seen.headers["Vary"] == "Accept-Language"
    assert f'href="/notices/{village}?lang=bo_CN"' in (await look(console, "/notices?lang=bo")).html
    assert 'href="/notices?lang=en"' in (await look(console, "/notices/999?lang=en")).html
    assert f'href="/notices/{village}"' in (await look(console, "/notices", **{"Accept-Language": "en"})).html
    assert "登录" in (await look(console, "/admin/login?lang=en", **{"Accept-Language": "en"})).text
