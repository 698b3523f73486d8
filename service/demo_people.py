"""Made-up people of a whole county: names, ID numbers with a right check digit, telephones 138 00… that are nobody's.
The same seed makes the same people."""

from collections.abc import Iterator
from random import Random
from typing import Any

from intake.card_numbers import luhn_holds
from intake.codes import CATEGORIES
from intake.id_number import check_digit
from intake.nominations import Nominator
from service.demo_county import COUNTY, SCHEME

MOST = 90_000
"""Households for which there are numbers enough."""
_FIRST = 100
"""Where their numbers begin: those below belong to the demo's story."""

_SURNAMES = (
    "王王王李李李张张张刘刘陈陈杨杨赵赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解仇区查朴盖华"
)
_FIRST_GIVEN = "建秀桂志玉海春永凤长小德金水保国爱新红卫铁满来秋冬腊石栓根福喜巧翠淑素广天文宝重"
_SECOND_GIVEN = "国英兰强梅军花福霞顺红胜枝生全民东柱仓菊囤头云贞芬田佑长山阳行朝"
_REASONS = (
    "冰雹打坏了玉米，粮食不够吃到春天",
    "天旱，红薯基本绝收，买粮的钱不够",
    "果树受冻没有收成，老人常年吃药",
    "烟叶被冰雹打烂，孩子上学要用钱",
    "受旱减产，家里只有老人带着孙子",
    "连翘遇霜冻没有花，今年没有收入",
    "核桃打落了一大半，卖的钱不够过冬",
    "土豆烂在地里，猪也卖不上价",
)
_GROUPS = ("一组", "二组", "三组", "四组", "五组", "河西组", "后沟组", "东岭组")
_SIZES = (1, 2, 3, 4, 5)
"""Three persons in the mean."""
_OFTEN = ("ordinary",) * 5


def households(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """So many answers of form 1 without the village, each a household of its own."""
    random = Random(seed)  # noqa: S311 - a story, not a secret
    numbers = list(range(_FIRST, _FIRST + count))
    random.shuffle(numbers)
    taken: set[str] = set()
    for index, number in enumerate(numbers):
        size = _SIZES[index % len(_SIZES)]
        disasters = random.sample(SCHEME.all_disasters(), random.choice((1, 1, 2)))
        yield {
            "consent": True,
            "head": _name(random),
            "id_number": _id_number(random, taken),
            "phone": f"+86138000{number:05d}",
            "household_size": size,
            "persons_in_need": random.randint((size + 1) // 2, size),
            "group": random.choice(_GROUPS),
            "categories": _categories(random),
            "disasters": disasters,
            "reliefs": ["winter_spring"],
            "reason": random.choice(_REASONS),
            "remarks": None,
        }


def nominator(random: Random) -> dict[str, Any]:
    """Someone of the same village who applies for a household, without an account of the console."""
    name = _name(random)
    relation = random.choice(("group_leader", "neighbour", "relative"))
    kin = relation == "relative"
    return Nominator(None, relation, name, "", random.choice(("old", "ill", "no_phone")), "self", kin).to_json()


def card(number: int) -> str:
    """A card number whose last digit fits; of no bank's customer."""
    body = f"62170000000{number:07d}"
    return next(body + digit for digit in "0123456789" if luhn_holds(body + digit))


def _name(random: Random) -> str:
    given = random.choice(_FIRST_GIVEN) + random.choice(_SECOND_GIVEN)
    return random.choice(_SURNAMES) + (given if random.random() < 0.8 else given[-1])


def _id_number(random: Random, taken: set[str]) -> str:
    while True:
        born = f"{random.randint(1938, 1985)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
        first17 = f"{COUNTY}{born}{random.randint(100, 999)}"
        if first17 not in taken:
            taken.add(first17)
            return first17 + check_digit(first17)


def _categories(random: Random) -> list[str]:
    chosen = {random.choice((*_OFTEN, *CATEGORIES)) for _ in range(random.choice((1, 1, 2)))}
    return [code for code in CATEGORIES if code in chosen]
