"""> 谭头石门 / < 您说的是潭头镇石门村吗？1. 潭头镇石门村"""

from dataclasses import replace

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.answers.base import Given, Miss, Several
from bot.answers.place import Place
from bot.inbound import Input, Kind
from intake.places import Places
from tests.answers.saying import outcome, said, tapped
from tests.world import placed

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
    asked = VILLAGE.parse(given, Input(Kind.TEXT, text))
    assert isinstance(asked, Several)
    assert given.texts(asked.key, **asked.params) == "您说的是潭头镇石门村吗？"


def test_a_name_of_two_villages_gives_both(given: Given) -> None:
    assert said(VILLAGE, given, "孤山") == ["合峪镇孤山村", "狮子庙镇孤山村"]


def test_a_township_alone_gives_its_villages(given: Given) -> None:
    labels = said(VILLAGE, given, "潭头镇")
    assert len(labels) == 24 and "潭头镇石门村" in labels
    assert said(VILLAGE, given, "潭头") == ["潭头镇潭头社区", "潭头镇"]
    assert tapped(VILLAGE, given, "410324103") == labels


def test_who_does_not_type_gets_there_by_numbers(given: Given) -> None:
    offered = VILLAGE.choices(given)
    assert len(offered) == 15 and ("410324103", "潭头镇") in offered
    number = [code for code, _ in offered].index("410324103") + 1
    assert said(VILLAGE, given, str(number)) == said(VILLAGE, given, "第四个") == said(VILLAGE, given, "潭头镇")
    assert said(VILLAGE, given, "16") == "?place.beyond"
    assert said(VILLAGE, given, "选") == [label for _, label in offered]
    assert not any(VILLAGE.check(given, code) for code, _ in offered)


def test_where_several_counties_are_open_the_county_comes_first(given: Given) -> None:
    anywhere = Place()
    assert anywhere.choices(given) == ()
    counties = said(anywhere, given, "选")
    assert len(counties) == 10 and "栾川县" in counties
    assert "栾川县潭头镇" in tapped(anywhere, given, "410324")
    assert "潭头镇石门村" in tapped(anywhere, given, "410324103")
    assert said(anywhere, given, "3") == "?place.unknown"


@pytest.mark.parametrize(
    "label",
    [
        "河南省洛阳市栾川县潭头镇石门村",
        "河南省洛阳市栾川县潭头镇石门村幸福路12号",
        "石门村卫生室(潭头镇石门村)",
        "潭头镇石门",
    ],
)
def test_a_pin_is_never_taken_without_asking(given: Given, label: str) -> None:
    asked = VILLAGE.parse(given, Input(Kind.LOCATION, "33.9,111.7", label=label))
    assert isinstance(asked, Several) and asked.key == "answer.place.pin"
    assert outcome(given, asked) == ["潭头镇石门村"]


def test_a_pin_in_a_township_gives_its_villages(given: Given) -> None:
    asked = VILLAGE.parse(given, Input(Kind.LOCATION, "33.9,111.7", label="河南省洛阳市栾川县潭头镇汤池路12号"))
    assert isinstance(asked, Several) and asked.key == "answer.place.pin_area"
    assert "潭头镇石门村" in outcome(given, asked)


@pytest.mark.parametrize("label", ["", "北京市海淀区中关村", "\x00", "河南省洛阳市栾川县"])
def test_a_pin_that_says_nothing_asks_for_the_name(given: Given, label: str) -> None:
    asked = VILLAGE.parse(given, Input(Kind.LOCATION, "33.9,111.7", label=label))
    assert outcome(given, asked) == "?place.pin_unknown"


@pytest.fixture
def known(given: Given) -> Given:
    """The same, where 石门村 and, of another township, only the township have coordinates (made up)."""
    return replace(given, places=Places(placed({SHIMEN: (33.901, 111.701), "410324104": (33.8, 111.7)})))


@pytest.mark.parametrize("label", ["", "北京市海淀区中关村", "\x00", "河南省洛阳市栾川县"])
def test_where_the_address_says_nothing_the_position_counts(known: Given, label: str) -> None:
    asked = VILLAGE.parse(known, Input(Kind.LOCATION, "33.9,111.7", label=label))
    assert isinstance(asked, Several) and asked.key == "answer.place.pin_near"
    assert outcome(known, asked) == ["潭头镇石门村"]


def test_the_address_comes_first(known: Given) -> None:
    asked = VILLAGE.parse(known, Input(Kind.LOCATION, "33.9,111.7", label="潭头镇张村"))
    assert isinstance(asked, Several) and asked.key == "answer.place.pin"
    assert outcome(known, asked) == ["潭头镇张村"]


def test_a_position_near_a_township_gives_its_villages(known: Given) -> None:
    asked = VILLAGE.parse(known, Input(Kind.LOCATION, "33.8,111.7"))
    assert isinstance(asked, Several) and asked.key == "answer.place.pin_near_area"
    labels = outcome(known, asked)
    assert len(labels) > 5 and all(label.startswith(asked.params["area"]) for label in labels)


@pytest.mark.parametrize("text", ["", "33.9", "39.9,116.3", "nan,nan", "999.000000,-999.500000", "九,十"])
def test_a_position_where_nothing_is_near_asks_for_the_name(known: Given, text: str) -> None:
    assert outcome(known, VILLAGE.parse(known, Input(Kind.LOCATION, text))) == "?place.pin_unknown"


@hypothesis.given(
    text=st.text(max_size=60) | st.builds("{},{}".format, st.floats(), st.floats()), label=st.text(max_size=200)
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_pin_is_asked_about_and_none_is_taken(known: Given, text: str, label: str) -> None:
    assert isinstance(VILLAGE.parse(known, Input(Kind.LOCATION, text, label=label)), Several | Miss)


@pytest.mark.parametrize("text", ["", "兰州", "不知道", "\x00", "你好"])
def test_no_such_village(given: Given, text: str) -> None:
    assert said(VILLAGE, given, text) == "?place.unknown"


def test_a_qr_code_names_the_village(given: Given) -> None:
    assert outcome(given, VILLAGE.parse(given, Input(Kind.SCENE, f"v{SHIMEN}"))) == SHIMEN
    assert outcome(given, VILLAGE.parse(given, Input(Kind.SCENE, "v410324999999"))) == "?place.scene"
    assert outcome(given, VILLAGE.parse(given, Input(Kind.SCENE, "v623021100002"))) == "?place.scene"


def test_taps_and_stored_values(given: Given) -> None:
    assert tapped(VILLAGE, given, SHIMEN) == SHIMEN
    assert tapped(VILLAGE, given, "410324999") == tapped(VILLAGE, given, "623021") == "?choice"
    assert tapped(VILLAGE, given, "") == tapped(VILLAGE, given, "4103241032") == "?choice"
    assert VILLAGE.show(given, SHIMEN) == "潭头镇石门村"
    assert VILLAGE.check(given, SHIMEN) and not VILLAGE.check(given, "623021100002") and not VILLAGE.check(given, None)
