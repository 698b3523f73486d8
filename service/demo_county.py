"""The demo county: 栾川 with its plan for 2022-2023 (source L), real villages, made-up officials and households."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any

from intake.divisions import Row, read
from intake.id_number import check_digit
from intake.procedure import Role
from intake.scheme import SchemeContent

COUNTY = "410324"
SEASON = "2022-2023"
HOME_VILLAGE = "410324103201"
"""潭头镇石门村, where ``cun`` works."""

SCHEME = SchemeContent(
    title="栾川县2022-2023年度受灾困难群众冬春救助",
    document="栾应急〔2022〕54号",
    opens_on=date(2022, 10, 1),
    closes_on=date(2023, 5, 30),
    pay_before=date(2023, 1, 22),
    tiers={"ordinary": 100_00, "heavier": 200_00, "special": 300_00},
    per_person_floor_fen=100_00,
    per_person_cap_fen=300_00,
    household_cap_fen=2000_00,
    affected={COUNTY: ("hail", "drought", "frost")},
    notice_days=5,
    notice_amounts=True,
    equal_shares_from=5,
    families={
        "destitute": "destitute",
        "subsistence": "subsistence",
        **dict.fromkeys(
            (
                "near_subsistence",
                "rebuilt_house",
                "poor_through_disaster",
                "orphan",
                "left_behind_elder",
                "left_behind_child",
                "disabled",
                "special_care",
                "schooling",
                "illness",
                "other",
            ),
            "other",
        ),
    },
    hotline="66789599",
    contact_phone="66789599",
)

STAFF: tuple[tuple[str, str, Role, str | None], ...] = (
    ("cun", "石门村 张志远", Role.VILLAGE, HOME_VILLAGE),
    ("zhen", "潭头镇 李慧敏", Role.TOWNSHIP, HOME_VILLAGE[:9]),
    ("xian", "县应急局 王海涛", Role.COUNTY, COUNTY),
    ("minzheng", "县民政局 赵雪梅", Role.CIVIL, COUNTY),
    ("jijian", "县纪委 陈立新", Role.INSPECTOR, COUNTY),
    ("admin", "系统管理员", Role.ADMIN, None),
)
"""Username, shown name, role, division."""

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = [
    "建国",
    "秀英",
    "桂兰",
    "志强",
    "玉梅",
    "海军",
    "春花",
    "永福",
    "凤霞",
    "长顺",
    "小红",
    "德胜",
    "金枝",
    "水生",
    "大妮",
    "保全",
]
_REASONS = (
    "冰雹打坏了玉米，粮食不够吃到春天",
    "天旱，红薯基本绝收，买粮的钱不够",
    "果树受冻没有收成，老人常年吃药",
    "烟叶被冰雹打烂，孩子上学要用钱",
    "受旱减产，家里只有老人带着孙子",
)


def pilot_divisions() -> list[Row]:
    """The pilot divisions that ship with the product."""
    return read(files("intake").joinpath("data/pilot_divisions.tsv").read_text("utf-8").splitlines())


def made_up_households(seed: int = 2022) -> Iterator[dict[str, Any]]:
    """Endless made-up answers of form 1 without the village; the same ones for the same seed."""
    random = Random(seed)  # noqa: S311 - a story, not a secret
    number = 0
    while True:
        number += 1
        size = random.randint(1, 6)
        first17 = (
            f"{COUNTY}{random.randint(1940, 1985)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}{number:03d}"
        )
        yield {
            "consent": True,
            "head": random.choice(_SURNAMES) + random.choice(_GIVEN),
            "id_number": first17 + check_digit(first17),
            "phone": f"+86138000{number:05d}",
            "household_size": size,
            "persons_in_need": random.randint(1, size),
            "group": random.choice(("一组", "二组", "三组", "四组")),
            "categories": [random.choice(("ordinary", "ordinary", "subsistence", "disabled", "left_behind_elder"))],
            "disasters": [random.choice(SCHEME.all_disasters())],
            "reliefs": ["winter_spring"],
            "reason": random.choice(_REASONS),
            "remarks": None,
        }
