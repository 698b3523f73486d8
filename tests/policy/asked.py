"""The held-out questions, and how many of them a search answers."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.policy.search import Search

_FOLDER = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The lines of a file beside this one, without remarks."""
    return [line for line in (_FOLDER / name).read_text("utf-8").splitlines() if not line.startswith("#")]


def asked() -> list[tuple[str, str]]:
    """The key of the right entry, and what a person typed."""
    return [(key, text) for key, text in (line.split("\t") for line in lines("asked.txt"))]


async def shares(search: Search, connection: AsyncConnection, questions: Iterable[tuple[str, str]]) -> list[float]:
    """The shares of questions whose right entry comes first, and is among the first three."""
    places = []
    for key, text in questions:
        found = [entry.key for entry in await search(connection, text)]
        places.append(found.index(key) if key in found else 3)
    return [sum(place < top for place in places) / len(places) for top in (1, 3)]
