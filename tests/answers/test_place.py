"""> 谭头石门 / < 是不是这个村？1. 潭头镇石门村"""

import pytest

from bot.answers.base import Given, Several
from bot.answers.place import Place
from bot.inbound import Input, Kind
from tests.answers.saying import outcome, said, tapped

VILLAGE = Place(within="410324")
SHIMEN = "410324103201"


@pytest.mark.parametrize(
    "text", ["石门", "石门村", "潭头石门村三组", "栾川潭头石门", "我家在潭头镇石门村", "河南省洛阳市栾川县潭头镇石门村"]
)
def test_a_good_name_is_taken(given: Given, text: str) -> None:
    assert said(VILLAGE, given, text) == SHIMEN


@pytest.mark.parametrize("text", ["谭头石门", "十门", "湖南石门", "不是石门"])
def test_a_near_name_is_confirmed(given: Given, text: str) -> None:
    assert said(VILLAGE, given, text) == ["潭头镇石门村"]


def test_a_name_of_two_villages_gives_both(given: Given) -> None:
    assert said(VILLAGE, given, "孤山") == ["合峪镇孤山村", "狮子庙镇孤山村"]


def test_a_township_alone_asks_for_the_village(given: Given) -> None:
    assert said(VILLAGE, given, "潭头镇") == "?place.area"
    asked = VILLAGE.parse(given, Input(Kind.TEXT, "潭头"))
    assert isinstance(asked, Several) and asked.key == "answer.place.area_or_village"
    assert [label for _, label in asked.options] == ["潭头镇潭头社区"]


@pytest.mark.parametrize("text", ["", "兰州", "不知道", "\x00", "你好", "１２３"])
def test_no_such_village(given: Given, text: str) -> None:
    assert said(VILLAGE, given, text) == "?place.unknown"


def test_a_qr_code_names_the_village(given: Given) -> None:
    assert outcome(given, VILLAGE.parse(given, Input(Kind.SCENE, f"v{SHIMEN}"))) == SHIMEN
    assert outcome(given, VILLAGE.parse(given, Input(Kind.SCENE, "v410324999999"))) == "?place.scene"
    assert outcome(given, VILLAGE.parse(given, Input(Kind.SCENE, "v623021100002"))) == "?place.scene"


def test_taps_and_stored_values(given: Given) -> None:
    assert tapped(VILLAGE, given, SHIMEN) == SHIMEN
    assert tapped(VILLAGE, given, "410324103") == "?choice"
    assert VILLAGE.show(given, SHIMEN) == "潭头镇石门村"
    assert VILLAGE.check(given, SHIMEN) and not VILLAGE.check(given, "623021100002") and not VILLAGE.check(given, None)
