"""Handing a form in: it becomes a message of its contact and takes the way of every message."""

import hashlib
from collections.abc import Sequence

from bot.channels.base import Turns
from bot.filling import FAULT, WHOLE, Form, digest
from bot.inbound import Inbound, Input, Kind
from bot.reply import Reply

API = "api"
"""The channel of programs."""


class OtherFormError(Exception):
    """The key was used before, for another form."""


def bound(address: str, reference: str) -> str:
    """The message id of a form: nobody gets another's answer by guessing a reference."""
    return hashlib.sha256(f"form:{address}:{reference}".encode()).hexdigest()[:40]


async def hand_in(turns: Turns, channel: str, address: str, reference: str, form: Form) -> Reply:
    """What becomes of a form; the same one again gets the same answer.

    Raises:
        TurnsBusyError: nothing was stored; it may be handed in again.
        OtherFormError: ``reference`` belongs to a form with another content.
    """
    document = form.write()
    message = Inbound(channel, bound(address, reference), address, Input(Kind.FORM, document))
    replies: Sequence[Reply] = await turns.take(message)
    if replies[0].of != digest(document):
        raise OtherFormError
    return replies[0]


def fault(reply: Reply) -> bool:
    """Whether we failed: nothing was made, and the form may be handed in again under another reference."""
    return FAULT in reply.errors


def refused(reply: Reply) -> bool:
    """Whether the form is not for this person."""
    return WHOLE in reply.errors
