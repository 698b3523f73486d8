"""While a human has the talk: what the person writes is theirs to read, until one of the two ends it."""

from bot.commands import Command, command_of
from bot.desks.base import Counter
from bot.inbound import Input, Kind
from intake import handovers
from locales import Texts


async def came_back(at: Counter, contact_id: int, sent: Input, say: Texts) -> bool:
    """Whether someone who was with a human talks with the bot again: the human ended it, or they ask for the menu or
    scan a code. Else the human is given what they sent."""
    wants_out = sent.kind is Kind.TEXT and command_of(say, sent.text) is Command.MENU
    if wants_out or (sent.kind is Kind.SCENE and sent.text):
        await handovers.leave(at.connection, at.journal, contact_id, at.now)
        return True
    words = "" if sent.kind is Kind.TEXT else say(f"person.sent.{sent.kind}")
    words = " ".join(part for part in (words, sent.label, sent.text) if part)
    media = (int(sent.media),) if sent.media else ()
    return not await handovers.write(at.connection, contact_id, words, at.now, media)
