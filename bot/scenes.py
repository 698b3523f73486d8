"""What QR codes and deep links lead into. Pure."""

from bot.answers.base import Given
from bot.flows.menu import SCENES

HOME_FLOW = SCENES["v"]
"""What a village's code alone leads into: any form that asks for the place takes it as that answer."""


def read_scene(text: str, given: Given) -> tuple[str, str] | None:
    """The flow and the village of a scene (``v410324103201``, ``r410324103201``), or None."""
    into = SCENES.get(text[:1])
    village = given.places.village_of_scene(f"v{text[1:]}") if into else None
    return (into, village) if into and village else None
