"""Coordinates in a file and in a message: degrees of WGS-84, or what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.divisions import Row, read
from intake.positions import Position, PositionError, kilometres, read_columns, read_sent
from tests.world import DIVISIONS

HEAD = "level\tnbs_code\tmca_code\tname\tshort\tofficial_village_name"
SHIMEN = "5\t410324103201\t\t潭头镇\t石门村\t石门村村民委员会"


def columns(latitude: str | None, longitude: str | None) -> Position | None:
    """What a line of a file with these cells says."""
    return read_columns({"latitude": latitude, "longitude": longitude}, 7)


def test_a_file_may_say_where_places_lie() -> None:
    header = f"{HEAD}\tlatitude\tlongitude"
    near, unknown = f"{SHIMEN}\t33.5\t 111.25 ", SHIMEN.replace("201", "202")
    rows = read([header, near, f"{unknown}\t\t", unknown])
    assert [(row.latitude, row.longitude) for row in rows] == [(33.5, 111.25), (None, None), (None, None)]
    assert [row.position for row in rows] == [Position(33.5, 111.25), None, None]


def test_a_file_without_the_columns_says_nothing() -> None:
    with DIVISIONS.open(encoding="utf-8") as lines:
        assert not any(row.position for row in read(lines))
    assert read([HEAD, SHIMEN]) == [Row("410324103201", 5, "石门村", "石门", "410324103", "")]


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("北纬33.5", "111.25", "line 7: latitude is '北纬33.5'; write degrees from -90 to 90, e.g. 33.7858"),
        ("111.25", "33.5", "line 7: latitude is '111.25'; write degrees from -90 to 90"),
        ("33.5", "181", "line 7: longitude is '181'; write degrees from -180 to 180, e.g. 111.6156"),
        ("33,5", "111.25", "latitude is '33,5'"),
        ("33°30'", "111.25", "latitude is"),
        ("３３.5", "111.25", "latitude is"),
        ("33.5", "nan", "longitude is 'nan'"),
        ("33.5", "", "line 7: longitude is empty beside the other; write both or none, e.g. 111.6156"),
        (None, "111.25", "line 7: latitude is empty beside the other"),
    ],
)
def test_a_wrong_number_is_refused_with_its_line(latitude: str | None, longitude: str, said: str) -> None:
    with pytest.raises(PositionError) as refused:
        columns(latitude, longitude)
    assert said in str(refused.value)


def test_the_line_is_counted_as_an_editor_counts() -> None:
    wrong = f"{SHIMEN}\t95\t111.25"
    with pytest.raises(PositionError, match="line 3: latitude"):
        read([f"{HEAD}\tlatitude\tlongitude", f"{SHIMEN}\t33.5\t111.25", wrong])


@given(st.text(max_size=30) | st.none(), st.text(max_size=30) | st.none())
def test_any_cells_are_read_or_refused(latitude: str | None, longitude: str | None) -> None:
    try:
        position = columns(latitude, longitude)
    except PositionError:
        return
    assert position is None or position.is_on_earth


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("33.5,111.25", Position(33.5, 111.25)), ("-3,-111.5", Position(-3, -111.5)), ("1e-05,0.0", Position(1e-5, 0)),
        ("", None), ("33.5", None), ("33.5,", None), ("33.5,111.25,3", None), ("nan,1", None), ("1,inf", None),
        ("91,0", None), ("0,180.5", None), ("九,十", None),
    ],
)  # fmt: skip
def test_a_position_in_a_message(text: str, position: Position | None) -> None:
    assert read_sent(text) == position


@given(st.text(max_size=60) | st.builds("{},{}".format, st.floats(), st.floats()))
def test_any_message_is_a_position_or_none(text: str) -> None:
    position = read_sent(text)
    assert position is None or position.is_on_earth


def test_how_far_it_is() -> None:
    assert kilometres(Position(33, 111), Position(34, 111)) == pytest.approx(111.195, abs=0.001)
    assert kilometres(Position(60, 10), Position(60, 11)) == pytest.approx(55.597, abs=0.01)
    assert kilometres(Position(0, 179.5), Position(0, -179.5)) == pytest.approx(111.195, abs=0.001)
    assert kilometres(Position(90, 0), Position(-90, 123)) == pytest.approx(20015.1, abs=0.1)
    assert kilometres(Position(33.9, 111.7), Position(33.9, 111.7)) == 0
