"""Looking up a report by its receipt, and adding to it. The receipt comes in a form's body alone: never in an address,
which browsers, proxies and logs remember."""

from aiohttp import web

from bot.answers.base import Miss
from bot.answers.text import Text
from bot.faces.report_pages import LIMITS, Visit
from bot.filling import read_field
from bot.flow import Question
from intake.reads.report_status import ReportStatus, by_receipt
from intake.reports import FullError, add_to_report

_TEXT = Question("text", Text(high=1000), optional=True)


async def show_search(visit: Visit) -> web.Response:
    """The field for the receipt, and the way to a new report."""
    return visit.page("report_search.html", errors={})


async def show_report(visit: Visit) -> web.Response:
    """Where the report of a receipt stands, and what was written."""
    found, refusal = await _find(visit)
    return _status(visit, found) if found else refusal


async def do_add(visit: Visit) -> web.Response:
    """Add a text or photos to a report."""
    found, refusal = await _find(visit)
    if found is None:
        return refusal
    t = visit.given.texts
    errors: dict[str, str] = {}
    read = read_field(_TEXT, visit.typed.get("text", "").strip(), visit.given)
    text = "" if isinstance(read, Miss) else read.value or ""
    if isinstance(read, Miss):
        errors["text"] = t(t.for_form(read.key), **read.params)
    elif not text and not visit.parcel.photos:
        errors["text"] = t("report.page.wrong.text")
    if visit.parcel.wrong:
        errors["photos"] = t(f"report.page.wrong.{visit.parcel.wrong}", **LIMITS)
    if errors:
        return _status(visit, found, errors, status=422)
    text = text or t("report.page.photos_only", count=len(visit.parcel.photos))
    try:
        async with visit.context.units.begin() as unit:
            await add_to_report(unit, found.receipt, text, visit.parcel.photos)
    except FullError:
        return _status(visit, found, {"text": t("report.page.full")}, status=422)
    found, refusal = await _find(visit)
    return _status(visit, found, done="report.page.status.added") if found else refusal


async def _find(visit: Visit) -> tuple[ReportStatus | None, web.Response]:
    """The report that the typed receipt opens, or why there is none."""
    if not visit.context.lookups.allows(visit.context.units.clock.now()):
        errors = {"receipt": visit.given.texts("report.page.busy")}
        return None, visit.page("report_search.html", 429, errors=errors)
    async with visit.context.units.database.read() as db:
        found = await by_receipt(await db.connection(), visit.typed.get("receipt", ""))
    errors = {"receipt": visit.given.texts("report.page.receipt.wrong")}
    return found, visit.page("report_search.html", 422, errors=errors)


def _status(
    visit: Visit, found: ReportStatus, errors: dict[str, str] | None = None, *, done: str = "", status: int = 200
) -> web.Response:
    place = visit.given.places.label(found.division) if visit.given.places.get(found.division) else ""
    return visit.page("report_status.html", status, found=found, place=place, errors=errors or {}, done=done)
