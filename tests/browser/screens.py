"""The screens that pages are tried on."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Screen:
    """Width and height in CSS pixels; ``scheme`` is what the person set in the system."""

    name: str
    width: int
    height: int
    touch: bool = False
    scheme: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return self.name


PHONE = Screen("phone", 390, 844, touch=True)
DARK_PHONE = Screen("dark-phone", 390, 844, touch=True, scheme="dark")
DESKTOP = Screen("desktop", 1280, 800)
