"""All routes of the console and of the public notices, each behind the gate with its declared permission."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from admin import (
    account,
    allocation,
    archive,
    assets,
    batches,
    case,
    case_card,
    case_list,
    closing,
    demo,
    discoveries,
    discovery_steps,
    flows,
    fund_request,
    funds,
    goods,
    handing_in,
    handovers,
    home,
    import_file,
    imports,
    ledger,
    login,
    meeting,
    missing,
    notice,
    objections,
    paper,
    papers,
    payment_list,
    payment_new,
    payment_return,
    payments,
    poster,
    posting,
    public,
    referrals,
    report_steps,
    reports,
    review,
    rulings,
    scheme,
    scheme_edit,
    scheme_next,
    season,
    signals,
    visits,
)
from admin.context import AdminContext, DemoControls, VillageLink
from admin.gate import Page, gated
from admin.imports import KINDS
from admin.scheme_rows import EDITED

__all__ = ["AdminContext", "DemoControls", "UndeclaredPermissionError", "VillageLink", "routes"]

_ID = r"{id:\d{1,19}}"
_VILLAGE = r"/admin/village/{code:\d{12}}"
_PASS = "{pass_:need|grant}"  # noqa: S105
_SECTION = f"{{section:{'|'.join(EDITED)}}}"
_PAPER = "{kind:docx|pdf}"
_PLACE = r"/admin/papers/{place:\d{12}|\d{9}|\d{6}}"
_LIST = f"{{list:{'|'.join(KINDS)}}}"
_SHEET = "{paper:[a-z0-9]{1,16}}.{kind:docx|xlsx|pdf}"


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path, and the page behind them."""

    method: str
    path: str
    page: object


class UndeclaredPermissionError(TypeError):
    """A route does not say who may enter, so nothing starts."""


ROUTES: tuple[Route, ...] = (
    Route("GET", r"/admin/{file:style\.css|console\.js|signing\.js}", assets.show_asset),
    Route("GET", r"/notices/{file:style\.css}", assets.show_asset),
    Route("GET", "/notices", public.show_all),
    Route("GET", r"/notices/{division:\d{12}|\d{9}|\d{6}}", public.show_division),
    Route("GET", "/admin/login", login.show_login),
    Route("POST", "/admin/login", login.do_login),
    Route("POST", "/admin/logout", login.do_logout),
    Route("GET", "/admin", home.to_home),
    Route("GET", "/admin/", home.show_home),
    Route("GET", f"{_VILLAGE}/review/{_PASS}", review.show_review),
    Route("POST", f"{_VILLAGE}/review/{_PASS}", review.do_review),
    Route("GET", f"{_VILLAGE}/notice/{_PASS}", posting.show_posting),
    Route("POST", f"{_VILLAGE}/notice/{_PASS}", posting.do_posting),
    Route("GET", f"{_VILLAGE}/qr", poster.show_poster),
    Route("GET", f"{_VILLAGE}/form.{_PAPER}", paper.show_blank),
    Route("GET", "/admin/posters", poster.show_posters),
    Route("GET", "/admin/papers", papers.show_papers),
    Route("GET", f"/admin/papers/blank/{_SHEET}", papers.show_blank),
    Route("GET", f"{_PLACE}/evaluation.{_PAPER}", papers.show_evaluation),
    Route("POST", f"{_PLACE}/{_SHEET}", papers.do_paper),
    Route("GET", f"/admin/notice/{_ID}/poster.pdf", papers.show_poster),
    Route("GET", f"/admin/notice/{_ID}", notice.show_notice),
    Route("POST", f"/admin/notice/{_ID}/objection", notice.do_object),
    Route("POST", f"/admin/notice/{_ID}/settle", notice.do_settle),
    Route("POST", f"/admin/notice/{_ID}/objector", objections.show_objector),
    Route("GET", rf"/admin/notice/{_ID}/voice/{{file:\d{{1,19}}}}", objections.show_voice),
    Route("GET", f"/admin/audit/{_PASS}", rulings.show_audit),
    Route("POST", f"/admin/audit/{_PASS}", rulings.do_audit),
    Route("GET", f"/admin/batches/{_PASS}", batches.show_batches),
    Route("POST", f"/admin/batches/{_PASS}", batches.do_batch),
    Route("GET", f"/admin/batch/{_ID}", batches.show_batch),
    Route("GET", f"/admin/decide/{_PASS}", rulings.show_decide),
    Route("POST", f"/admin/decide/{_PASS}", rulings.do_decide),
    Route("GET", "/admin/payments", payments.show_payments),
    Route("GET", "/admin/payments/new", payment_new.show_new),
    Route("POST", "/admin/payments/new", payment_new.do_make),
    Route("POST", "/admin/payments/ask", payment_new.do_ask),
    Route("GET", f"/admin/payments/{_ID}", payment_list.show_list),
    Route("POST", f"/admin/payments/{_ID}/release", payment_list.do_release),
    Route("POST", f"/admin/payments/{_ID}/drop", payment_list.do_drop),
    Route("POST", f"/admin/payments/{_ID}/file", payment_list.do_file),
    Route("POST", f"/admin/payments/{_ID}/settle", payment_list.do_settle),
    Route("POST", f"/admin/payments/{_ID}/return", payment_return.do_upload),
    Route("GET", rf"/admin/payments/{_ID}/return/{{file:\d{{1,19}}}}", payment_return.show_return),
    Route("POST", rf"/admin/payments/{_ID}/return/{{file:\d{{1,19}}}}", payment_return.do_take),
    Route("GET", allocation.PATH, allocation.show_allocation),
    Route("GET", f"{allocation.PATH}.xlsx", allocation.show_workbook),
    Route("POST", allocation.PATH, allocation.do_hint),
    Route("GET", "/admin/cases", case_list.show_cases),
    Route("GET", f"/admin/case/{_ID}", case.show_case),
    Route("POST", f"/admin/case/{_ID}/personal", case.show_personal),
    Route("GET", rf"/admin/case/{_ID}/file/{{file:\d{{1,19}}}}", case.show_file),
    Route("POST", f"/admin/case/{_ID}/form.{_PAPER}", paper.do_print),
    Route("POST", f"/admin/case/{_ID}/step", case.do_step),
    Route("GET", "/admin/goods", goods.show_goods),
    Route("GET", f"/admin/case/{_ID}/goods", goods.show_household),
    Route("POST", f"/admin/case/{_ID}/goods", goods.do_hand_out),
    Route("POST", f"/admin/case/{_ID}/goods/back", goods.do_take_back),
    Route("POST", f"/admin/case/{_ID}/goods/personal", goods.show_receivers),
    Route("GET", rf"/admin/case/{_ID}/goods/{{act:\d{{1,19}}}}/file/{{file:\d{{1,19}}}}", goods.show_proof),
    Route("GET", "/admin/funds", funds.show_funds),
    Route("POST", "/admin/funds", funds.do_receive),
    Route("GET", f"/admin/fund/{_ID}", funds.show_fund),
    Route("POST", f"/admin/fund/{_ID}/pass", funds.do_pass),
    Route("POST", f"/admin/fund/{_ID}/back", funds.do_back),
    Route("GET", "/admin/ledger", ledger.show_ledger),
    Route("POST", "/admin/ledger.xlsx", ledger.do_workbook),
    Route("GET", "/admin/import", imports.show_imports),
    Route("POST", "/admin/import", imports.do_read),
    Route("GET", f"/admin/import/{_LIST}.xlsx", imports.show_template),
    Route("GET", f"/admin/import/{_ID}", import_file.show_import),
    Route("POST", f"/admin/import/{_ID}/confirm", import_file.do_confirm),
    Route("POST", f"/admin/import/{_ID}/drop", import_file.do_drop),
    Route("POST", f"/admin/import/{_ID}/refused.xlsx", import_file.do_refused),
    Route("POST", f"/admin/import/{_ID}/asked.xlsx", import_file.do_asked),
    Route("POST", f"/admin/case/{_ID}/relative", case.do_relative),
    Route("POST", f"/admin/case/{_ID}/card", case_card.do_card),
    Route("GET", f"/admin/meetings/{_ID}", meeting.show_meeting),
    Route("POST", f"/admin/meetings/{_ID}/photo", meeting.do_photo),
    Route("GET", rf"/admin/meetings/{_ID}/file/{{file:\d{{1,19}}}}", meeting.show_photo),
    Route("GET", "/admin/handovers", handovers.show_handovers),
    Route("GET", f"/admin/handover/{_ID}", handovers.show_handover),
    Route("GET", rf"/admin/handover/{_ID}/file/{{file:\d{{1,19}}}}", handovers.show_file),
    Route("POST", f"/admin/handover/{_ID}/answer", handovers.do_answer),
    Route("POST", f"/admin/handover/{_ID}/end", handovers.do_end),
    Route("GET", "/admin/reports", reports.show_reports),
    Route("GET", f"/admin/report/{_ID}", reports.show_report),
    Route("POST", f"/admin/report/{_ID}/reporter", reports.show_reporter),
    Route("GET", rf"/admin/report/{_ID}/file/{{file:\d{{1,19}}}}", reports.show_file),
    Route("POST", f"/admin/report/{_ID}/take", report_steps.do_take),
    Route("POST", f"/admin/report/{_ID}/write", report_steps.do_write),
    Route("POST", f"/admin/report/{_ID}/end", report_steps.do_end),
    Route("GET", "/admin/visits", visits.show_visits),
    Route("GET", f"/admin/visit/{_ID}", visits.show_visit),
    Route("POST", f"/admin/visit/{_ID}/personal", visits.show_visited),
    Route("GET", rf"/admin/visit/{_ID}/file/{{file:\d{{1,19}}}}", visits.show_file),
    Route("GET", "/admin/discoveries", discoveries.show_discoveries),
    Route("GET", f"/admin/discovery/{_ID}", discoveries.show_discovery),
    Route("POST", f"/admin/discovery/{_ID}/personal", discoveries.show_someone),
    Route("GET", rf"/admin/discovery/{_ID}/file/{{file:\d{{1,19}}}}", discoveries.show_file),
    Route("POST", f"/admin/discovery/{_ID}/say", discovery_steps.do_say),
    Route("POST", f"/admin/discovery/{_ID}/refer", discovery_steps.do_refer),
    Route("GET", "/admin/referrals", referrals.show_referrals),
    Route("GET", f"/admin/referral/{_ID}", referrals.show_referral),
    Route("POST", f"/admin/referral/{_ID}/end", referrals.do_end),
    Route("POST", f"/admin/referral/{_ID}/pass", referrals.do_pass_on),
    Route("GET", "/admin/account", account.show_account),
    Route("POST", "/admin/account", account.do_code),
    Route("GET", "/admin/account/code", account.show_code),
    Route("POST", "/admin/account/unbind", account.do_unbind),
    Route("GET", "/admin/flows", flows.show_flows),
    Route("GET", "/admin/flows/{flow:[a-z_]{1,32}}", flows.show_flow),
    Route("GET", "/admin/closing", closing.show_closing),
    Route("POST", "/admin/closing", closing.do_close),
    Route("POST", "/admin/closing/reopen", closing.do_reopen),
    Route("GET", "/admin/archive", archive.show_archive),
    Route("POST", "/admin/archive", archive.do_order),
    Route("POST", f"/admin/archive/{_ID}/file.zip", archive.do_fetch),
    Route("POST", "/admin/calendar/handed-in", handing_in.do_mark),
    Route("POST", "/admin/calendar/taken-back", handing_in.do_take_back),
    Route("GET", "/admin/scheme", scheme.show_scheme),
    Route("GET", "/admin/scheme/history", scheme.show_history),
    Route("GET", "/admin/scheme/file.json", scheme.show_file),
    Route("GET", f"/admin/scheme/edit/{_SECTION}", scheme_edit.show_edit),
    Route("POST", f"/admin/scheme/edit/{_SECTION}", scheme_edit.do_edit),
    Route("GET", "/admin/scheme/affected", scheme_edit.show_affected),
    Route("POST", "/admin/scheme/affected", scheme_edit.do_affected),
    Route("GET", r"/admin/scheme/affected/{township:\d{9}}", scheme_edit.show_affected),
    Route("POST", r"/admin/scheme/affected/{township:\d{9}}", scheme_edit.do_affected),
    Route("GET", "/admin/scheme/next", scheme_next.show_next),
    Route("POST", "/admin/scheme/next", scheme_next.do_next),
    Route("GET", "/admin/scheme/upload", scheme_next.show_upload),
    Route("POST", "/admin/scheme/upload", scheme_next.do_upload),
    Route("GET", "/admin/calendar", season.show_calendar),
    Route("GET", fund_request.PATH, fund_request.show_request),
    Route("POST", fund_request.PATH, fund_request.do_request),
    Route("GET", "/admin/signals", signals.show_signals),
    Route("POST", "/admin/demo/clock", demo.do_forward),
    Route("GET", "/admin/{else:.*}", missing.show_nothing),  # after all others: the first that fits is taken
    Route("GET", "/notices/{else:.*}", missing.show_no_notice),
)


def routes(context: AdminContext, declared: Sequence[Route] = ROUTES) -> list[web.RouteDef]:
    """The routes to add to the web application.

    Raises:
        UndeclaredPermissionError: a route's page carries no permission.
    """
    made = []
    for route in declared:
        if not isinstance(route.page, Page):
            raise UndeclaredPermissionError(f"{route.method} {route.path}: declare @allow(…) or @everybody")
        made.append(web.route(route.method, route.path, gated(context, route.page)))
    return made
