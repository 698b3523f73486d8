"""What an applicant is told when their application has been taken in. Pure."""

from babel.dates import format_date

from bot.answers.base import Given
from intake.outcomes import Corrected, Filed, FiledBefore, FiledByAnother, Outcome
from store.clock import china_date


def told(outcome: Outcome, given: Given) -> str:
    """The text for an outcome: the case number, or where the application is that there was before."""
    places, texts = given.places, given.texts
    village = places.label(outcome.village) if outcome.village else ""
    known = {"village": village, "person": given.person, "hotline": given.hotline}
    match outcome:
        case Filed(number=number, hit=hit):
            text = texts("apply.filed", number=number, **known)
            return text if hit else "\n\n".join((text, texts("apply.filed.not_hit", **known)))
        case FiledBefore(number=number, filed_at=filed_at):
            date = format_date(china_date(filed_at), "long", texts.locale)
            key = "apply.corrected" if isinstance(outcome, Corrected) else "apply.before"
            return texts(key, number=number, date=date, **known)
        case FiledByAnother():
            return texts("apply.by_another" if village else "apply.by_another.elsewhere", **known)
    return texts("apply.no_scheme", **known)
