"""Reporting without an account: the questions of the flow ``report`` on one page, and the receipt at its end."""

from collections.abc import Callable, Mapping
from secrets import token_urlsafe

from aiohttp import web

from bot.desks.report import division_of
from bot.faces.report_pages import LIMITS, Handler, ReportContext, Visit, page
from bot.faces.report_status import do_add, show_report, show_search
from bot.filling import Form, fill
from bot.flows.report import report
from intake.report_codes import accused_of, answer_by, take_up_by
from intake.reports import make_report

TRAP = "website"
"""A field that people do not see and programs fill in."""

_UNASKED: Mapping[str, object] = {"confidential": True, "photos": [], "named": "no"}
"""What this page does not ask: it is anonymous, and photos come as files."""
_LONGEST_KEY = 64


def routes(context: ReportContext, new_key: Callable[[], str] = lambda: token_urlsafe(18)) -> list[web.RouteDef]:
    """The routes of the public pages about reports; ``new_key`` makes the keys by which a form that is sent twice is
    known."""

    async def show_form(visit: Visit) -> web.Response:
        return _form(visit, new_key(), {})

    declared: tuple[tuple[str, str, Handler], ...] = (
        ("GET", "/reports", show_search),
        ("POST", "/reports", show_report),
        ("POST", "/reports/more", do_add),
        ("GET", "/reports/new", show_form),
        ("POST", "/reports/new", do_report),
    )
    return [web.route(method, path, page(context, handler)) for method, path, handler in declared]


async def do_report(visit: Visit) -> web.Response:
    """Take the report and show its receipt, or the form again with what is wrong beside each field."""
    now = visit.context.units.clock.now()
    if not visit.context.sendings.allows(now):
        return _form(visit, _key(visit), {}, notice="report.page.busy", status=429)
    t, given = visit.given.texts, visit.given
    asked = {question.key for question in report.questions} - set(_UNASKED)
    form = Form(report.name, {key: visit.typed.get(key, "") for key in asked}, send=True)
    filled = fill(report, form, _UNASKED, given)
    errors = dict(filled.errors)
    division = division_of(filled.answers.get("village"), given)
    if division is None:
        errors.setdefault("village", t("report.page.wrong.where"))
    if visit.parcel.wrong:
        errors["photos"] = t(f"report.page.wrong.{visit.parcel.wrong}", **LIMITS)
    if visit.typed.get(TRAP):
        errors[TRAP] = t("report.page.wrong.trap")
    if errors or division is None:
        return _form(visit, _key(visit), errors, status=422)
    async with visit.context.units.begin() as unit:
        receipt = await make_report(
            unit, f"page:{_key(visit)}", None, division, filled.answers, photos=visit.parcel.photos
        )
    who = t(f"report.who.{accused_of(filled.answers['level'])}")
    seen_by, answered_by = take_up_by(now), answer_by(now)
    return visit.page("report_made.html", receipt=receipt, who=who, seen_by=seen_by, answer_by=answered_by)


def _form(visit: Visit, key: str, errors: Mapping[str, str], *, notice: str = "", status: int = 200) -> web.Response:
    questions = {question.key: question for question in report.questions}
    choices = {name: questions[name].answer.choices(visit.given) for name in ("kind", "level")}
    return visit.page("report_form.html", status, key=key, errors=errors, notice=notice, choices=choices, trap=TRAP)


def _key(visit: Visit) -> str:
    return visit.typed.get("key", "")[:_LONGEST_KEY]
