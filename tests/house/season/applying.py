"""Part one: people apply, by chat, by WeChat, by a program and on paper; others are nominated, or found."""

import re
import uuid
from typing import Any

from service.demo_county import HOME_VILLAGE
from tests.faces.workbooks import HEADINGS, book, household
from tests.house.season.told import Season
from tests.house.town import Person, WeChatPerson
from tests.world import resident_id

_NUMBER = re.compile(r"410324-2022-\d{5}")

_ROW = re.compile(r'/admin/case/(\d+)">([^<]+)<.*?class="number"[^>]*>([^<]+)<', re.DOTALL)


def talk(number: int, head: str, persons: int, group: str, category: str = "一般户") -> tuple[str, ...]:
    """A household's application, word by word."""
    people = str(persons)
    damage = ("风雹 干旱", "1", "玉米被冰雹打坏，粮食不够吃到春天", "提交")
    home = (people, people, "潭头石门", group, category)
    return ("申请", "同意", head, resident_id(number), f"1380000{number:04d}", *home, *damage)


async def apply(season: Season, person: Person, *words: str) -> None:
    """Somebody applies for their own household and reads its number."""
    answers = [await person.say(word) for word in words]
    found = _NUMBER.search(answers[-1])
    assert found, answers[-2:]
    head = words[2]
    season.people[head], season.numbers[head] = person, found[0]


async def by_program(season: Season, number: int, head: str, persons: int, group: str, disaster: str = "hail") -> None:
    """A township's own program hands an application in, twice; it counts once."""
    key = str(uuid.uuid4())
    for _again in range(2):
        status, made = await sends(season, key, number, head, persons, group, disaster)
        assert status == 201, made
    season.numbers[head] = made["made"]["number"]


async def sends(
    season: Season, key: str, number: int, head: str, persons: int, group: str, disaster: str
) -> tuple[int, dict[str, Any]]:
    """What the program sends, and what it is answered."""
    body = {
        "consent": True,
        "head": head,
        "id_number": resident_id(number),
        "phone": f"1380000{number:04d}",
        "household_size": persons,
        "persons_in_need": persons,
        "village": HOME_VILLAGE,
        "group": group,
        "categories": ["ordinary"],
        "disasters": [disaster],
        "reliefs": ["winter_spring"],
        "reason": "天旱，红薯基本绝收，买粮的钱不够",
    }
    url, headers = season.town.url("/api/v1/apply"), {"Idempotency-Key": key}
    async with season.town.http.post(url, json=body, headers=headers) as response:
        return response.status, await response.json()


async def nominate(season: Season) -> None:
    """The cadre, whose account is bound by a code from the console, applies for an old man who cannot write."""
    cadre = await season.someone()
    await season.at["cun"].get("/admin/account")
    page = await season.yes("cun", "/admin/account")
    scene = re.findall(r"/chat\?v=(b[\w-]{22})", page.html)[-1]
    assert "张志远" in await cadre.scan(scene)
    words = ("替别人申请", "同意", "李保全", resident_id(104), "不是", "年纪大", "本人口头同意", "跳过", "13800000104")
    for word in (*words, "1", "1", "潭头石门", "二组", "留守老人", "风雹", "1", "房前屋后的菜都打坏了"):
        await cadre.say(word)
    found = _NUMBER.search(await cadre.say("提交"))
    assert found
    season.people["cadre"], season.numbers["李保全"] = cadre, found[0]


async def on_paper(season: Season) -> None:
    """The village's list of paper applications: two rows are wrong and stay out, each with its reason."""
    rows = (
        household(205, 户主姓名="吴长顺", 家庭人口="2", 需救助人口="2", 组="二组"),
        household(206, 户主姓名="胡德胜", 家庭人口="3", 需救助人口="3", 组="二组"),
        household(207, 户主姓名="没有号", 身份证号码="410324195001010000"),
        household(208, 户主姓名="人太多", 家庭人口="2", 需救助人口="5"),
    )
    cun = season.at["cun"]
    sent = book((*HEADINGS, "自然村（组）"), *rows)
    seen = await cun.upload("/admin/import", {"kind": "apply"}, file=("石门村.xlsx", sent))
    assert seen.status == 200 and "名单 第 4 行" in seen.text and "名单 第 5 行" in seen.text, seen.text
    assert "请先去签" in (await cun.post(f"{seen.path}/confirm")).text
    done = await season.yes("cun", f"{seen.path}/confirm", {"signed": "on"})
    assert "新收申请 2 户" in done.text, done.text


async def discovered(season: Season) -> None:
    """A neighbour tells of somebody in need; the village goes there and writes down which application came of it."""
    neighbour = await season.someone()
    words = ("告诉我们谁有困难", "石门村", "村西头的马大娘", "跳过", "1 8", "很急", "屋里没有火，锅是空的", "没有照片")
    for word in (*words, "跳过", "提交"):
        said = await neighbour.say(word)
    assert "谢谢您告诉我们" in said, said
    listing = await season.at["cun"].get("/admin/discoveries")
    (path,) = set(re.findall(r"/admin/discovery/\d+", listing.html))
    fields = {"seen": "new", "state": "applied", "words": "到她家看过，帮她报了申请"}
    assert (await season.at["cun"].post(f"{path}/say", fields)).status == 422
    seen = await season.yes("cun", f"{path}/say", fields | {"number": season.numbers["马金枝"]})
    assert season.numbers["马金枝"] in seen.text, seen.text


async def part(season: Season) -> None:
    """Everybody who applies."""
    await apply(season, await season.someone(), *talk(101, "高玉兰", 3, "一组", "留守老人"))
    await apply(season, WeChatPerson(season.town), *talk(102, "周水生", 2, "一组"))
    await apply(season, await season.someone(), *talk(108, "林永福", 2, "一组"))
    await apply(season, await season.someone(), *talk(110, "罗海军", 2, "二组"))
    await apply(season, await season.someone(), *talk(112, "朱小红", 4, "三组"))
    await by_program(season, 103, "王桂兰", 3, "一组")
    await by_program(season, 107, "马金枝", 1, "二组")
    await by_program(season, 109, "何大妮", 2, "二组", "earthquake")
    await by_program(season, 114, "秦小满", 2, "五组")
    await by_program(season, 111, "郭春花", 2, "二组")
    await by_program(season, 113, "徐玉梅", 2, "三组")
    await nominate(season)
    await on_paper(season)
    await discovered(season)
    for page in (1, 2):
        listing = await season.at["zhen"].get(f"/admin/cases?page={page}")
        for case, head, number in _ROW.findall(listing.html):
            season.cases[head], season.numbers[head] = int(case), number
    assert len(season.cases) == 14, season.cases
