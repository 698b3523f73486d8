"""Positions on the earth, in degrees of WGS-84, as telephones and browsers give them."""

import re
from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0088
"""The earth's mean radius."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_LIMITS = {"latitude": (90, "33.7858"), "longitude": (180, "111.6156")}
"""How far from nought a column goes, and an example of right."""


class Position(NamedTuple):
    """A point: north and east are positive."""

    latitude: float
    longitude: float

    @property
    def is_on_earth(self) -> bool:
        """Whether there is such a place; not a number is none."""
        return -90 <= self.latitude <= 90 and -180 <= self.longitude <= 180


class PositionError(ValueError):
    """Coordinates cannot be meant; the message says in which line, what was wrong, and gives an example of right."""


def kilometres(one: Position, other: Position) -> float:
    """How far two positions lie apart, over the ground of a round earth (haversine)."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin(radians(one.longitude - other.longitude) / 2)
    h = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * across**2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def read_sent(text: str) -> Position | None:
    """The position in ``latitude,longitude`` as a channel hands it on; nothing where it is none."""
    first, _, second = text.partition(",")
    try:
        position = Position(float(first), float(second))
    except ValueError:
        return None
    return position if position.is_on_earth else None


def read_columns(line: Mapping[str, str | None], number: int) -> Position | None:
    """The position in the columns ``latitude`` and ``longitude`` of a file's line ``number``; nothing where the file
    has no such columns, or the line leaves both empty.

    Raises:
        PositionError: a column holds something else than degrees, or only one of the two is filled in.
    """
    cells = {column: (line.get(column) or "").strip() for column in _LIMITS}
    if not any(cells.values()):
        return None
    for column, cell in cells.items():
        limit, example = _LIMITS[column]
        if not cell:
            raise PositionError(
                f"line {number}: {column} is empty beside the other; write both or none, e.g. {example}"
            )
        if not _NUMBER.fullmatch(cell) or abs(float(cell)) > limit:
            raise PositionError(
                f"line {number}: {column} is {cell!r}; write degrees from -{limit} to {limit}, e.g. {example}"
            )
    return Position(float(cells["latitude"]), float(cells["longitude"]))
