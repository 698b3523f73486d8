"""Someone in need is told of: the people of the village and the township see it, and have a day or three to look."""

from bot.desks.base import Counter, Sent, Told
from bot.effects import Say
from intake.discoveries import tell_of_someone
from locales.dates import moment
from store.clock import CHINA


async def take(at: Counter, sent: Sent) -> Told:
    """Take it down, thank them, and say by when somebody goes."""
    given, asker = sent.given, sent.asker
    async with at.unit() as unit:
        found = await tell_of_someone(unit, asker.contact_id, asker.official, sent.answers, sent.media)
    told = {
        "village": given.places.label(found.village),
        "by": moment(given.texts, found.due_at.astimezone(CHINA)),
        "person": given.person,
    }
    urgent = (Say("discover.urgent", {"person": given.person}),) if found.urgent else ()
    return Told((Say("discover.done", told), *urgent), made={"discovery": str(found.id)}, then="home")
