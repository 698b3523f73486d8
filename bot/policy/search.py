"""Finding the policy answers that are nearest to what a person typed."""

from typing import Protocol

from sqlalchemy import desc, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import PolicyTerm
from bot.policy.content import entries
from bot.policy.entry import Entry
from bot.policy.terms import terms

CHOICES = 3
"""How many questions a person is offered."""
FLOOR = 4000
"""An index weight (thousandths). Where even the best entry has less, the text is about something else: what it shares
with the entries is a character or two."""


class Search(Protocol):
    """A way of searching."""

    async def __call__(self, connection: AsyncConnection, text: str, limit: int = CHOICES) -> list[Entry]:
        """The entries nearest to ``text``, best first, at most ``limit``; none when they have nothing in common."""
        ...


async def search(connection: AsyncConnection, text: str, limit: int = CHOICES) -> list[Entry]:
    """The entries with the most weight under the text's terms (:class:`Search`)."""
    return [entries()[key] for key in list(await scores(connection, text))[:limit]]


async def scores(connection: AsyncConnection, text: str) -> dict[str, float]:
    """Every entry that has a term of ``text``, best first, with its weight; none when the best is below the floor.

    Entries that another release wrote into the index are left out.
    """
    typed = sorted(set(terms(text)))
    if not typed:
        return {}
    weight = func.sum(PolicyTerm.weight)
    rows = await connection.execute(
        select(PolicyTerm.entry, weight)
        .where(PolicyTerm.term.in_(typed))
        .group_by(PolicyTerm.entry)
        .order_by(desc(weight), PolicyTerm.entry)
    )
    found = {key: total for key, total in rows if key in entries()}
    return found if max(found.values(), default=0.0) >= FLOOR else {}
