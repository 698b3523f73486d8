"""What a welfare visit looks at, what is wrong there, and whose homes are visited first (X6). Pure."""

from collections.abc import Mapping
from typing import Any

from intake.referral_codes import SERVICES

FINDINGS: Mapping[str, tuple[str, ...]] = {
    "life": ("ok", "short", "urgent"),
    "housing": ("safe", "damaged", "dangerous", "gone"),
    "water": ("ok", "short", "none"),
    "power": ("ok", "unsafe", "none"),
    "heating": ("ok", "lacking", "none"),
}
"""What is found of each: the first code says that all is well."""

URGENT: Mapping[str, frozenset[str]] = {
    "life": frozenset({"urgent"}),
    "housing": frozenset({"dangerous", "gone"}),
    "water": frozenset({"none"}),
    "heating": frozenset({"none"}),
}
"""What cannot wait: relief or a referral at once."""

GROUPS = (
    "subsistence",
    "destitute",
    "left_behind_child",
    "left_behind_elder",
    "orphan",
    "disabled",
    "rebuilt_house",
    "unattended_child",
    "child_in_difficulty",
)
"""Who is visited first and more often (X6): 低保, 特困, 留守儿童, 留守老人, 孤儿, 残疾人, 倒房重建户, 事实无人抚养儿童,
困境儿童."""

WINTER = "winter"
"""The help that is no referral: an application for winter relief, which the visitor makes for the household."""
HELP = (*SERVICES, WINTER)
"""What a visitor may ask for; nothing where the need was met on the spot."""


def problems(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields in which a visit found something wrong."""
    return tuple(field for field, codes in FINDINGS.items() if answers.get(field) in codes[1:])


def is_urgent(answers: Mapping[str, Any]) -> bool:
    """Whether something was found that cannot wait."""
    return any(answers.get(field) in codes for field, codes in URGENT.items())
