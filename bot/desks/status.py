"""Where it stands, in plain words. Nothing is changed, but that a wrong pair counts."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks import own
from bot.desks.base import Asker, Counter, Sent, Told
from bot.desks.case_words import case_words
from bot.desks.report_words import report_words
from bot.effects import Say
from intake.lookups import TooManyError, look_up
from intake.moves import RefusedError
from intake.own_cases import access_own
from intake.reads.case_status import case_status
from intake.reads.own_list import own_list
from intake.reads.report_status import by_receipt
from intake.unit import Unit


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@cases``: the person's own; ``@tail``: a number of somebody else's is proved by the head's ID number. Whether
    there is such a case makes no difference."""
    number = answers.get("number")
    if not number:
        return {"@cases": own.choices(await own_list(at.connection, asker.contact_id), given.texts)}
    async with at.unit() as unit:
        return {"@tail": not is_receipt(number) and await _own(unit, asker.contact_id, number) is None}


async def take(at: Counter, sent: Sent) -> Told:
    """Say it."""
    answers, given = sent.answers, sent.given
    known = {"person": given.person, "hotline": given.hotline}
    number = str(answers.get("case") or answers["number"])
    if is_receipt(number):
        report = await by_receipt(at.connection, number)
        return Told(report_words(report, given) if report else (Say("status.no_report", known),))
    async with at.unit() as unit:
        contact_id = sent.asker.contact_id
        case_id = mine = await _own(unit, contact_id, number)
        if case_id is None:
            try:
                case_id = await look_up(unit, contact_id, number, str(answers.get("tail", "")))
            except TooManyError:
                return Told((Say("status.too_many", known),))
        if case_id is None:
            return Told((Say("status.wrong", known),))
        found = await case_status(unit.db, case_id)
    return Told(case_words(found, given.texts, own=mine is not None), made={"number": found.number})


def is_receipt(number: str) -> bool:
    """Whether it is the receipt of a report, no case number: four groups of four."""
    return number.count("-") == 3


async def _own(unit: Unit, contact_id: int, number: str) -> int | None:
    try:
        return (await access_own(unit.db, contact_id, number)).id
    except RefusedError:
        return None
