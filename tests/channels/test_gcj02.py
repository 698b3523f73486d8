"""From the positions of Chinese maps to those of telephones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.gcj02 import to_gcj02, to_wgs84
from intake.positions import Position, kilometres

KNOWN = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
"""Positions in 上海, 深圳 and 北京 in WGS-84 and GCJ-02, as published with the formulas."""

in_china = st.tuples(st.floats(18, 53.5), st.floats(73.6, 135))


@pytest.mark.parametrize(("wgs84", "gcj02"), KNOWN)
def test_known_positions(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    assert to_gcj02(*wgs84) == pytest.approx(gcj02, abs=1e-10)
    assert to_wgs84(*gcj02) == pytest.approx(wgs84, abs=1e-10)


@given(in_china)
def test_there_and_back_is_the_same_place(wgs84: tuple[float, float]) -> None:
    gcj02 = to_gcj02(*wgs84)
    assert kilometres(Position(*wgs84), Position(*gcj02)) < 1.5
    assert kilometres(Position(*wgs84), Position(*to_wgs84(*gcj02))) < 1e-6


@given(st.tuples(st.floats(), st.floats()))
def test_outside_china_nothing_moves(position: tuple[float, float]) -> None:
    latitude, longitude = position
    moved = to_wgs84(latitude, longitude)
    if not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347):
        assert repr(moved) == repr(position)
    else:
        assert kilometres(Position(*position), Position(*moved)) < 2


@pytest.mark.parametrize("position", [(48.8566, 2.3522), (-33.8688, 151.2093), (40.7128, -74.006), (0.0, 0.0)])
def test_cities_elsewhere_stay(position: tuple[float, float]) -> None:
    assert to_wgs84(*position) == position
