"""Which places a position may mean. All coordinates are made up."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.divisions import Row
from intake.place_map import PlaceMap
from intake.places import MOST_NEAR, TOWNSHIP_KM, VILLAGE_KM, Places
from intake.positions import Position, kilometres
from tests.world import placed, rows

TAN_TOU = "410324103"
SHIMEN, ZHANG, PING = "410324103201", "410324103212", "410324103223"
HERE = (33.9, 111.7)
PLACES = Places(placed({TAN_TOU: HERE, "410324104201": (0.0, 0.0)}))

coordinates = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
nearby = st.tuples(st.floats(33.5, 34.3), st.floats(111.3, 112.1))


def village(number: int, where: tuple[float, float]) -> Row:
    """A village somewhere."""
    return Row(f"{410324103000 + number}", 5, f"第{number}村", f"第{number}", TAN_TOU, "", *where)


def near(places: Places, where: tuple[float, float] = HERE, within: str = "410324") -> list[str]:
    """The codes that are offered."""
    found = places.near(*where, within=within)
    assert not any(match.exact for match in found)
    return [match.code for match in found]


def test_without_coordinates_nothing_is_near() -> None:
    assert near(Places(placed({}))) == near(Places([])) == []


def test_the_nearest_come_first_and_far_ones_not_at_all() -> None:
    places = Places(placed({PING: (33.99, 111.7), ZHANG: (33.91, 111.72), SHIMEN: (33.901, 111.701)}))
    assert near(places) == [SHIMEN, ZHANG]
    assert [match.label for match in places.near(*HERE)] == ["潭头镇石门村", "潭头镇张村"]
    assert near(places, (33.99, 111.7)) == [PING, ZHANG, SHIMEN]
    assert near(places, (30.0, 111.7)) == []


def test_no_more_than_five_are_offered() -> None:
    codes = [row.code for row in rows() if row.code.startswith(TAN_TOU) and row.level == 5]
    where = {code: (33.9 + index / 1000, 111.7) for index, code in enumerate(codes)}
    assert near(Places(placed(where))) == codes[:MOST_NEAR]


def test_a_township_stands_for_its_villages_while_none_of_them_has_coordinates() -> None:
    assert near(Places(placed({TAN_TOU: (34.0, 111.8)}))) == [TAN_TOU]
    assert near(Places(placed({TAN_TOU: (34.2, 111.7)}))) == []
    assert near(Places(placed({TAN_TOU: (33.9, 111.7), SHIMEN: (33.95, 111.7)}))) == [SHIMEN]
    assert near(Places(placed({TAN_TOU: (33.9, 111.7), SHIMEN: (34.2, 111.7)}))) == []


def test_what_is_nearer_counts_where_only_some_townships_know_their_villages() -> None:
    other = "410324104"
    places = Places(placed({other: (33.92, 111.7), SHIMEN: (33.91, 111.7)}))
    assert near(places) == [SHIMEN]
    assert near(places, (33.93, 111.7)) == [other]


def test_only_what_is_offered_is_near() -> None:
    divisions = placed({SHIMEN: (33.901, 111.701)})
    assert near(Places(divisions, offered=("623021",))) == []
    assert near(Places(divisions), within="623021") == near(Places(divisions), within="410324104") == []
    assert near(Places(divisions), within=TAN_TOU) == near(Places(divisions), within="") == [SHIMEN]


def test_places_of_several_counties_are_told_apart() -> None:
    other = next(row for row in rows() if row.code.startswith("623021") and row.level == 5)
    elsewhere = [replace(row, latitude=33.9, longitude=111.7) if row == other else row for row in rows()]
    ours = placed({SHIMEN: (33.901, 111.701)})
    places = Places([*ours, *(row for row in elsewhere if row.code.startswith("623021"))])
    labels = [match.label for match in places.near(*HERE)]
    assert labels[1] == "栾川县潭头镇石门村" and labels[0].startswith("临潭县")


@given(st.lists(coordinates | nearby, max_size=40), coordinates | nearby)
@settings(max_examples=200, deadline=None)
def test_the_nearest_are_those_that_measuring_all_finds(
    villages: list[tuple[float, float]], here: tuple[float, float]
) -> None:
    divisions = [village(number, where) for number, where in enumerate(villages)]
    measured = sorted(
        (kilometres(Position(*here), position), row.code) for row in divisions if (position := row.position)
    )
    whole = [(km, row.code) for km, row in PlaceMap(divisions).around(Position(*here), VILLAGE_KM)]
    assert whole == [one for one in measured if one[0] <= VILLAGE_KM]
    county, township = (row for row in placed({}) if row.code in {"410324", TAN_TOU})
    places = Places([county, township, *divisions])
    assert near(places, here) == [code for _, code in whole[:MOST_NEAR]]


@pytest.mark.parametrize("here", [(90.0, 0.0), (-90.0, 77.0), (0.0, 180.0), (0.0, -180.0), (51.0, -179.99)])
def test_poles_and_the_date_line_are_places_too(here: tuple[float, float]) -> None:
    around = [(min(here[0], 89.99), 180.0), (here[0], -179.999), (here[0], 179.999), (-89.999, 12.0)]
    divisions = [village(number, where) for number, where in enumerate(around)]
    expected = {
        row.code for row in divisions if row.position and kilometres(Position(*here), row.position) <= TOWNSHIP_KM
    }
    assert expected
    assert {row.code for _, row in PlaceMap(divisions).around(Position(*here), TOWNSHIP_KM)} == expected


@given(st.floats(), st.floats(), st.text(max_size=15))
def test_any_numbers_have_an_answer(latitude: float, longitude: float, within: str) -> None:
    assert len(PLACES.near(latitude, longitude, within=within)) <= MOST_NEAR


def test_it_is_fast_in_a_province_too() -> None:
    made_up = random.Random(1)
    divisions = [
        village(number, (made_up.uniform(31.4, 36.4), made_up.uniform(110.4, 116.7))) for number in range(50_000)
    ]
    places = PlaceMap(divisions)
    started = time.process_time()
    for _ in range(50):
        places.around(Position(made_up.uniform(31.4, 36.4), made_up.uniform(110.4, 116.7)), VILLAGE_KM)
    assert (time.process_time() - started) / 50 < 0.02  # a busy machine takes thrice as long
