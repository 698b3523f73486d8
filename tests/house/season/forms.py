"""The forms that officials fill in, as dictionaries of their fields."""

from collections.abc import Iterable, Mapping

from service.demo_county import HOME_VILLAGE

REVIEW = f"/admin/village/{HOME_VILLAGE}/review"
NOTICE = f"/admin/village/{HOME_VILLAGE}/notice"


def meeting(held_on: str, *verdicts: Mapping[str, object], **changes: object) -> dict[str, object]:
    """A review meeting of 27 villagers, and what it said of each household."""
    fields: dict[str, object] = {
        "held_on": held_on,
        "form": "villagers",
        "present": "27",
        "begins_at": "14:30",
        "place": "村委会会议室",
        "chair": "周大山",
        "clerk": "李小兰",
        "minutes": "村主任主持，逐户念名单，逐户举手表决。",
        "case": [verdict["id"] for verdict in verdicts],
    }
    for verdict in verdicts:
        fields |= {f"{name}-{verdict['id']}": value for name, value in verdict.items() if name != "id"}
    return fields | changes


def passes(case: int, **changes: object) -> dict[str, object]:
    """The meeting is for a household; in the second pass ``tier`` and perhaps ``amount`` and ``statement``."""
    return {"id": case, "verdict": "pass", "for": "24", "against": "2"} | changes


def refuses(case: int, **changes: object) -> dict[str, object]:
    """The meeting is against it."""
    return {
        "id": case,
        "verdict": "refuse",
        "for": "3",
        "against": "24",
        "reason": "家里有人领工资，生活不困难",
    } | changes


def ruling(action: str, cases: Iterable[int], reason: str = "") -> dict[str, object]:
    """What the township or the county says of some households."""
    ids = list(cases)
    fields: dict[str, object] = {"case": ids} | {f"ruling-{case}": action for case in ids}
    return fields | ({f"reason-{case}": reason for case in ids} if reason else {})
