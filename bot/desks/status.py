"""Where it stands, in plain words. Nothing is changed, but that a wrong pair counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.base import Given
from bot.desks import own
from bot.desks.base import Asker, Counter, Sent, Told
from bot.desks.case_words import case_words
from bot.desks.report_words import report_words
from bot.effects import Say
from intake.lookups import No, Pair, look_up
from intake.own_cases import own_ids
from intake.reads.case_status import case_status
from intake.reads.own_list import own_list
from intake.reads.report_status import by_receipt


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@cases``: the person's own; ``@tail``: a number of somebody else's is proved by the head's ID number. Whether
    there is such a case makes no difference."""
    number = answers.get("number")
    if number and is_receipt(number):
        return {"@tail": False}
    async with at.reading() as db:
        if not number:
            return {"@cases": own.choices(await own_list(db, asker.contact_id), given.texts)}
        asked = (asker.contact_id, number)
        return {"@tail": asked not in await own_ids(db, [asked])}


async def take(at: Counter, sent: Sequence[Sent]) -> list[Told]:
    """Say it: to all who ask together in a few statements, but for reports, which are rare."""
    numbers = [str(one.answers.get("case") or one.answers["number"]) for one in sent]
    asked = [(one, number) for one, number in zip(sent, numbers, strict=True) if not is_receipt(number)]
    own = await own_ids(at.connection, [(one.asker.contact_id, number) for one, number in asked]) if asked else {}
    known: dict[str, int | No] = {}
    pairs: dict[str, Pair] = {}
    for one, number in asked:
        if mine := own.get((one.asker.contact_id, number)):
            known[one.key] = mine
        else:
            pairs[one.key] = Pair(one.asker.contact_id, number, str(one.answers.get("tail", "")))
    if pairs:
        known |= zip(pairs, await look_up(at.connection, at.now, list(pairs.values())), strict=True)
    ids = {outcome for outcome in known.values() if not isinstance(outcome, No)}
    found = await case_status(at.connection, ids) if ids else {}
    told = []
    for one, number in zip(sent, numbers, strict=True):
        outcome = known.get(one.key)
        if outcome is None:
            told.append(await _report(at, one.given, number))
        elif isinstance(outcome, No):
            told.append(Told((Say(f"status.{outcome.value}", _about(one.given)),)))
        else:
            case = found[outcome]
            said = case_words(case, one.given.texts, own=one.key not in pairs)
            told.append(Told(said, made={"number": case.number}))
    return told


def is_receipt(number: str) -> bool:
    """Whether it is the receipt of a report, no case number: four groups of four."""
    return number.count("-") == 3


def _about(given: Given) -> dict[str, str]:
    return {"person": given.person, "hotline": given.hotline}


async def _report(at: Counter, given: Given, receipt: str) -> Told:
    report = await by_receipt(at.connection, receipt)
    return Told(report_words(report, given) if report else (Say("status.no_report", _about(given)),))
