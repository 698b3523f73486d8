"""Administrative divisions as the file ``intake/data/pilot_divisions.tsv`` has them, cleaned for use.

``code`` is the code of the National Bureau of Statistics, 6 digits for a county, 9 for a township, 12 for a village;
``mca_code`` is the Ministry of Civil Affairs' code, a different system: the same digits may name another place there.
A county may add the columns ``latitude`` and ``longitude``, in degrees of WGS-84; a line may leave both empty.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.positions import Position, read_columns

COUNTY, TOWNSHIP, VILLAGE = 3, 4, 5

_PARENT_DIGITS = {TOWNSHIP: 6, VILLAGE: 9}
_PLACEHOLDER = "虚拟"
_PREFIX = re.compile(r"^(?:河南省洛阳市栾川县陶湾镇|重渡沟生态旅游建设示范区|城关镇(?=.*(?:社区|村|路)))")
_COMMITTEE = re.compile(r"(?<=村)(?:村?民?委员会|委会)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One division. ``name`` is its own full name (潭头镇, 石门村), ``short`` what people say (潭头, 石门); ``parent``
    is the code of the division above, None for a county; ``mca_code`` may be empty; ``latitude`` and ``longitude`` are
    degrees of WGS-84, both None where nobody has said where it lies."""

    code: str
    level: int
    name: str
    short: str
    parent: str | None
    mca_code: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def position(self) -> Position | None:
        """Where it lies, if that is known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)


def read(lines: Iterable[str]) -> list[Row]:
    """The divisions in the file's order, every row after its parent, without the placeholder villages (虚拟…).

    Raises:
        PositionError: coordinates that cannot be meant.
        KeyError, ValueError: a column is missing, or a level is not a number: not such a file.
    """
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_placed(line, table.line_num) for line in table if _PLACEHOLDER not in line["short"]]


def _placed(line: dict[str, str], number: int) -> Row:
    row, position = _row(line), read_columns(line, number)
    return replace(row, latitude=position.latitude, longitude=position.longitude) if position else row


def _row(line: dict[str, str]) -> Row:
    level, code = int(line["level"]), line["nbs_code"]
    parent = code[: _PARENT_DIGITS[level]] if level in _PARENT_DIGITS else None
    if level == VILLAGE:
        name = village_name(line["short"], line["official_village_name"])
        return Row(code, level, name, village_short(name), parent, line["mca_code"])
    short = line["short"] if level == TOWNSHIP else county_short(line["name"])
    return Row(code, level, line["name"], re.sub(r"生态旅游示范区$", "", short), parent, line["mca_code"])


def village_name(short: str, official: str) -> str:
    """The village's name ending in 村 or 社区, without the prefixes and committees that some rows carry."""
    name = _COMMITTEE.sub("", _PREFIX.sub("", short))
    if name.endswith(("村", "社区", "嘎查")):
        return name
    return name + ("社区" if official.endswith(("居民委员会", "居委会")) else "村")


def village_short(name: str) -> str:
    """The village's name as people say it: 石门 for 石门村, 前村 for 前村村."""
    return re.sub(r"(?:社区|村|嘎查)$", "", name) or name


def county_short(name: str) -> str:
    """The county's name as people say it: 栾川 for 栾川县."""
    return re.sub(r"(?:自治县|县|区|市)$", "", name)
