"""What field teams bring home: submissions as ODK and KoboToolbox export them."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import orjson

from tests.world import SHIMEN, resident_id


def household(number: int, **changes: Any) -> dict[str, Any]:
    """A household's application as a telephone keeps it."""
    given: dict[str, Any] = {
        "nuandong_form": "apply",
        "consent": "yes",
        "head": "王建国",
        "id_number": resident_id(number),
        "phone": "13800001234",
        "household_size": "4",
        "persons_in_need": "2",
        "village_township": SHIMEN[:9],
        "village": SHIMEN,
        "group": "3组",
        "categories": "disabled ordinary",
        "disasters": "hail",
        "reliefs": "winter_spring",
        "reason": "冰雹打坏了玉米，粮食不够吃",
        "remarks": "",
        "deviceid": "collect:one",
        "meta/instanceID": instance(number),
    }
    return given | changes


def visited(number: int, **changes: Any) -> dict[str, Any]:
    """A welfare visit where all is well."""
    given: dict[str, Any] = {
        "nuandong_form": "visit",
        "village": SHIMEN,
        "name": "李秀英",
        "day": "2022-10-30",
        "groups": "none",
        "deviceid": "collect:one",
        "meta/instanceID": instance(number),
    }
    return given | changes


def instance(number: int) -> str:
    """An instance id."""
    return f"uuid:00000000-0000-4000-8000-{number:012d}"


def as_csv(rows: Sequence[Mapping[str, Any]], parted: str = ",", encoding: str = "utf-8") -> bytes:
    """A table; ODK Central parts groups by strokes."""
    file = StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), delimiter=parted)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def as_json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """As the API of KoboToolbox gives them."""
    return orjson.dumps({"count": len(rows), "results": list(rows)})


def as_xml(row: Mapping[str, Any]) -> bytes:
    """One submission as the telephone sends it."""
    leaves = "".join(f"<{key}>{value}</{key}>" for key, value in row.items() if "/" not in key)
    meta = f"<meta><instanceID>{row['meta/instanceID']}</instanceID></meta>"
    return f'<?xml version="1.0"?><data id="x" version="1">{leaves}{meta}</data>'.encode()
