"""Applications become cases."""

from collections.abc import Sequence

from bot.answers.base import Given
from bot.desks.base import Counter, Sent, Told, keep_media
from bot.effects import Say
from intake.filing import Application, receive
from intake.nominations import own_application
from intake.outcomes import Corrected, Filed, FiledBefore, FiledByAnother, NoScheme, Outcome
from locales.dates import long_date
from store.clock import china_date


async def take(at: Counter, sent: Sequence[Sent]) -> list[Told]:
    """File applications together: a handful of statements for all."""
    applications = [
        Application(
            one.key, one.asker.contact_id, one.flow, one.version, one.answers, own_application(one.asker.official)
        )
        for one in sent
    ]
    outcomes = await receive(at.connection, at.journal, applications, at.now)
    for outcome, one in zip(outcomes, sent, strict=True):
        if isinstance(outcome, Filed | Corrected):
            await keep_media(at, one, f"case:{outcome.case_id}")
    return [told(outcome, one.given) for outcome, one in zip(outcomes, sent, strict=True)]


def told(outcome: Outcome, given: Given) -> Told:
    """What the applicant is told: the case number, or where the application is that there was before."""
    village = given.places.label(outcome.village) if outcome.village else ""
    known = {"village": village, "person": given.person, "hotline": given.hotline}
    match outcome:
        case Filed(number=number, hit=hit):
            warned = () if hit else (Say("apply.filed.not_hit", known),)
            return Told((Say("apply.filed", {"number": number, **known}), *warned), made={"number": number})
        case FiledBefore(number=number, filed_at=filed_at):
            date = long_date(given.texts, china_date(filed_at))
            key = "apply.corrected" if isinstance(outcome, Corrected) else "apply.before"
            return Told((Say(key, {"number": number, "date": date, **known}),), made={"number": number})
        case FiledByAnother():
            return Told((Say("apply.by_another" if village else "apply.by_another.elsewhere", known),))
        case NoScheme():
            return Told((Say("apply.no_scheme", known),), done=False)
