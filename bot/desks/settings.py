"""What a person sets is kept with their contact."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from bot.answers.base import Given
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say, SetLanguage
from intake.binding import unbind
from intake.models import Contact


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@web``: the page is ours; ``@official``: the account is an official's."""
    return {"@web": asker.channel == "web", "@official": asker.official is not None}


async def take(at: Counter, sent: Sent) -> Told:
    """Set it."""
    answers, contact = sent.answers, Contact.id == sent.asker.contact_id
    match answers["what"]:
        case "language":
            return Told((SetLanguage(answers["language"]), Say("settings.done")), then="home")
        case "reminders":
            await at.connection.execute(update(Contact).where(contact).values(muted=not answers["reminders"]))
        case "big_text":
            big = bool(answers["big_text"])
            await at.connection.execute(update(Contact).where(contact).values(big_text=big))
            return Told((Say("settings.done"),), made={"big_text": "yes" if big else "no"}, then="home")
        case "unbind" if answers["unbind"] and sent.asker.official:
            async with at.unit() as unit:
                await unbind(unit, sent.asker.official, sent.asker.contact_id)
    return Told((Say("settings.done"),), then="home")
