"""Positions of Chinese maps. They follow GCJ-02, which lies up to some 600 m beside WGS-84, by published formulas."""

from math import cos, pi, radians, sin, sqrt

_AXIS_M = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
"""Of the ellipsoid of Krasovsky 1940: its long half axis in metres, and its first eccentricity squared."""
_SOUTH, _NORTH, _WEST, _EAST = 0.8293, 55.8271, 72.004, 137.8347
"""The rectangle around China in which maps are shifted."""
_ROUNDS = 5
"""Each one comes some hundred times nearer; the third is within a millimetre."""


def to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """The position in WGS-84 of one in GCJ-02, both in degrees; outside the rectangle around China it stays."""
    if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
        return latitude, longitude
    north, east = latitude, longitude
    for _ in range(_ROUNDS):
        by_north, by_east = _shift(north, east)
        north, east = latitude - by_north, longitude - by_east
    return north, east


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """The position in GCJ-02 of one in WGS-84 in China."""
    by_north, by_east = _shift(latitude, longitude)
    return latitude + by_north, longitude + by_east


def _shift(latitude: float, longitude: float) -> tuple[float, float]:
    """By how many degrees GCJ-02 lies to the north and to the east of a position in WGS-84."""
    x, y = longitude - 105, latitude - 35
    both = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    north = 20 * sin(pi * y) + 40 * sin(pi * y / 3) + 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + (both + north) * 2 / 3
    east = 20 * sin(pi * x) + 40 * sin(pi * x / 3) + 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + (both + east) * 2 / 3
    flat = 1 - _ECCENTRICITY * sin(radians(latitude)) ** 2
    metres_north = _AXIS_M * (1 - _ECCENTRICITY) / flat**1.5 * pi / 180
    metres_east = _AXIS_M / sqrt(flat) * cos(radians(latitude)) * pi / 180
    return north / metres_north, east / metres_east
