"""Reports of irregularities are taken, and their receipt is told this once."""

from bot.answers.base import Given
from bot.desks.base import Counter, Sent, Told
from bot.effects import Say
from intake.report_codes import accused_of, answer_by, take_up_by
from intake.reports import make_report
from locales.dates import long_date


async def take(at: Counter, sent: Sent) -> Told:
    """Take a report: its receipt, who looks, and by when."""
    answers, given = sent.answers, sent.given
    division = division_of(answers.get("village"), given)
    if division is None:
        return Told((Say("report.where"),), done=False)
    async with at.unit() as unit:
        receipt = await make_report(unit, sent.key, sent.asker.contact_id, division, answers, media=sent.media)
    known = {
        "receipt": receipt,
        "who": given.texts(f"report.who.{accused_of(answers['level'])}"),
        "seen_by": long_date(given.texts, take_up_by(at.now)),
        "answer_by": long_date(given.texts, answer_by(at.now)),
        "site": given.site,
    }
    return Told((Say("report.done", known),), made={"receipt": receipt})


def division_of(village: str | None, given: Given) -> str | None:
    """Whose inspectors a report goes to: the village's; of someone who does not know it the county's that is served,
    None where there are several."""
    counties = {row.code[:6] for row in given.places.villages()} if not village else set()
    return village or (counties.pop() if len(counties) == 1 else None)
