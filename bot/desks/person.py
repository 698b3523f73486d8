"""A talk is handed over to a human: the bot is silent until the human ends it."""

from bot.desks.base import Counter, Sent, Told
from bot.effects import Say
from intake import handovers
from intake.handovers import WITH_HUMAN


async def take(at: Counter, sent: Sent) -> Told:
    """Open a handover; what the person asked is its first line."""
    about = str(sent.answers["about"])
    await handovers.begin(at.connection, at.journal, sent.asker.contact_id, about, at.now, sent.media)
    return Told((Say("person.begun", {"person": sent.given.person}),), then=WITH_HUMAN)
