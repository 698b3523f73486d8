"""The village that a pin on the map may mean. Never taken without asking, for a pin may be where the telephone is."""

import re
from collections.abc import Callable, Sequence

from bot.answers.base import Given, Miss, Several
from bot.inbound import Input
from intake.places import Match
from intake.positions import read_sent

_VILLAGE_OF = re.compile(r".*?(?:村|社区)")
_TOWNSHIP_OF = re.compile(r".*?[镇乡](?!村)|.*?街道")


def pinned(given: Given, sent: Input, within: str, show: Callable[[Given, str], str]) -> Several | Miss:
    """The villages under ``within`` to pick from: those of the address that the channel gives with the pin; where it
    gives none, or names no place of ours, those near the position. ``show`` names a township."""
    return _addressed(given, sent.label, within, show) or _near(given, sent.text, within, show)


def _addressed(given: Given, label: str, within: str, show: Callable[[Given, str], str]) -> Several | None:
    parts = (label, *(cut[0] for pattern in (_VILLAGE_OF, _TOWNSHIP_OF) if (cut := pattern.match(label))))
    for part in parts:
        found = given.places.find(part, within=within)
        if offer := _offer(given, found, show, "answer.place.pin", "answer.place.pin_area"):
            return offer
    return None


def _near(given: Given, text: str, within: str, show: Callable[[Given, str], str]) -> Several | Miss:
    position = read_sent(text)
    found = given.places.near(*position, within=within) if position else ()
    offer = _offer(given, found, show, "answer.place.pin_near", "answer.place.pin_near_area")
    return offer or Miss("answer.place.pin_unknown")


def _offer(
    given: Given, found: Sequence[Match], show: Callable[[Given, str], str], which: str, inside: str
) -> Several | None:
    """The villages among ``found``, or those of the first township; nothing where there are neither. ``which`` and
    ``inside`` are the keys of the texts that ask."""
    villages = tuple((match.code, match.label) for match in found if len(match.code) == 12)
    if villages:
        return Several(which, villages)
    area = next((match.code for match in found if len(match.code) == 9), None)
    if area is None:
        return None
    villages = tuple((row.code, given.places.label(row.code)) for row in given.places.villages(area))
    return Several(inside, villages, {"area": show(given, area)})
