"""An application for another person becomes a case that names its nominator."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.base import Given
from bot.desks.base import Asker, Counter, Sent, Told, keep_media
from bot.effects import Say
from intake.filing import Application, receive
from intake.nominations import nominator_of
from intake.outcomes import Corrected, Filed, FiledBefore, FiledByAnother, NoScheme, Outcome
from locales.dates import long_date
from store.clock import china_date

AGAIN = "home_again"
"""The menu after it: the next household."""


async def take(at: Counter, sent: Sequence[Sent]) -> list[Told]:
    """File nominations together."""
    applications = [
        Application(
            one.key,
            one.asker.contact_id,
            one.flow,
            one.version,
            one.answers,
            nominator_of(one.answers, one.asker.official).to_json(),
        )
        for one in sent
    ]
    outcomes = await receive(at.connection, at.journal, applications, at.now)
    for outcome, one in zip(outcomes, sent, strict=True):
        if isinstance(outcome, Filed | Corrected):
            await keep_media(at, one, f"case:{outcome.case_id}")
    return [told(outcome, one) for outcome, one in zip(outcomes, sent, strict=True)]


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """Whether an official nominates: their name is known then."""
    return {"@official": True} if asker.official else {}


def told(outcome: Outcome, one: Sent) -> Told:
    """What the nominator is told: the household's case number, or that it has an application already."""
    given = one.given
    village = given.places.label(outcome.village) if outcome.village else ""
    known = {"village": village, "person": given.person, "hotline": given.hotline, "head": one.answers["head"]}
    match outcome:
        case Filed(number=number, hit=hit):
            warned = () if hit else (Say("nominate.filed.not_hit", known),)
            said = (Say("nominate.filed", {"number": number, **known}), *warned)
            return Told(said, made={"number": number}, then=AGAIN)
        case FiledBefore(number=number, filed_at=filed_at):
            date = long_date(given.texts, china_date(filed_at))
            key = "nominate.corrected" if isinstance(outcome, Corrected) else "nominate.before"
            said = (Say(key, {"number": number, "date": date, **known}),)
            return Told(said, made={"number": number}, then=AGAIN)
        case FiledByAnother():
            key = "apply.by_another" if village else "apply.by_another.elsewhere"
            return Told((Say(key, known),), then=AGAIN)
        case NoScheme():
            return Told((Say("apply.no_scheme", known),), done=False)
