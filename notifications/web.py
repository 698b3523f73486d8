"""The web chat's notifications: the page asks for them, so delivering means letting them be seen."""

from collections.abc import Sequence

from sqlalchemy import select

from intake.models import Contact
from notifications.models import Message
from notifications.render import render
from store.database import Database

CHANNEL = "web"
PAGE = 50
"""Messages in one answer; the page asks again for the rest."""

_MOST = 2**31 - 1


class WebSender:
    """Sends nothing: what is written is there to be asked for."""

    async def send(self, address: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Succeeds always."""


class WebInbox:
    """The messages of web contacts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pushed(self, address: str, after: int) -> list[tuple[int, str]]:
        """The messages to a web contact after the number ``after``, as (number, text) in their order.

        The numbers count the contact's messages from 1: small enough for a browser, unlike our ids, and in the order
        of their commits, so that none is overtaken and missed. A message counts from its commit, whether or not its
        delivery has been marked.
        """
        query = (
            select(Message.number, Contact.language, Message.template, Message.params)
            .join(Contact, Contact.id == Message.contact_id)
            .where(Contact.channel == CHANNEL, Contact.address == address, Message.number > min(after, _MOST))
            .order_by(Message.number)
            .limit(PAGE)
        )
        async with self._database.read() as db:
            rows = (await db.execute(query)).all()
        return [(row.number, render(row.language, row.template, row.params)) for row in rows]
