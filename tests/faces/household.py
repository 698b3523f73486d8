"""What people write into the forms."""

from typing import Any

from tests.world import SHIMEN, resident_id


def typed(number: int, **changes: Any) -> dict[str, Any]:
    """A household's application as someone would type and tick it."""
    given: dict[str, Any] = {
        "consent": "yes",
        "head": "王建国",
        "id_number": resident_id(number),
        "phone": "138 0000 1234",
        "household_size": "四口人",
        "persons_in_need": "２",
        "village": "潭头镇石门村",
        "group": "",
        "categories": ["ordinary"],
        "disasters": ["drought", "hail"],
        "reliefs": ["winter_spring"],
        "reason": "冰雹打坏了玉米，粮食不够吃",
    }
    return given | changes


def codes(number: int, **changes: Any) -> dict[str, Any]:
    """The same as a program would send it."""
    given = typed(number) | {"consent": True, "household_size": 4, "persons_in_need": 2, "village": SHIMEN}
    del given["group"]
    return given | changes
