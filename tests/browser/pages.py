"""Every page of the house, and who looks at it. A new GET route needs a line here, or a test fails."""

from dataclasses import dataclass

from admin.scheme_rows import EDITED
from bot.faces.offered import forms, is_free
from bot.flows import FLOWS
from tests.world import SHIMEN

REVIEW = "/admin/village/{code}/review/{pass_}"
OFFERED = forms(None)
POSTING = "/admin/village/{code}/notice/{pass_}"


@dataclass(frozen=True, slots=True)
class Visit:
    """Someone opens ``address`` behind ``route``. Names in braces stand for what ``landmarks`` finds; nobody is
    signed in where ``username`` is empty."""

    route: str
    address: str
    username: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.username or 'anyone'} {self.address}"


VISITS = (
    Visit("/chat", "/chat"),
    Visit("/notices", "/notices"),
    Visit("/notices/{division}", "/notices/410324"),
    Visit("/notices/{division}", "/notices/{need_posted}"),
    Visit("/notices/{division}", "/notices/{grant_posted}"),
    Visit("/notices/{division}", f"/notices/{SHIMEN}"),
    Visit("/notices/{else}", "/notices/nosuch", status=404),
    Visit("/{else}", "/nosuch", status=404),
    Visit("/forms", "/forms"),
    *(Visit("/forms/{flow}", f"/forms/{flow.name}") for flow in OFFERED),
    *(Visit("/forms/{flow}/all", f"/forms/{flow.name}/all") for flow in OFFERED if is_free(flow)),
    Visit("/forms/{flow}/offline", "/forms/apply/offline"),
    Visit("/reports", "/reports"),
    Visit("/reports/new", "/reports/new"),
    Visit("/admin/login", "/admin/login"),
    Visit("/admin/", "/admin/", "cun"),
    Visit("/admin/", "/admin/", "zhen"),
    Visit("/admin/", "/admin/", "xian"),
    Visit("/admin/", "/admin/?township=410324103", "xian"),
    Visit("/admin/", "/admin/", "minzheng"),
    Visit("/admin/", "/admin/", "admin"),
    Visit("/admin/{else}", "/admin/nosuch", "cun", status=404),
    Visit(REVIEW, f"/admin/village/{SHIMEN}/review/need", "cun"),
    Visit(REVIEW, f"/admin/village/{SHIMEN}/review/grant", "cun"),
    Visit(REVIEW, "/admin/village/{grant_applied}/review/grant", "cun.{grant_applied}"),
    Visit(POSTING, "/admin/village/{need_reviewed}/notice/need", "cun.{need_reviewed}"),
    Visit(POSTING, "/admin/village/{grant_reviewed}/notice/grant", "cun.{grant_reviewed}"),
    Visit("/admin/village/{code}/qr", f"/admin/village/{SHIMEN}/qr", "cun"),
    Visit("/admin/posters", "/admin/posters", "xian"),
    Visit("/admin/notice/{id}", "/admin/notice/{need_notice}", "cun.{need_posted}"),
    Visit("/admin/notice/{id}", "/admin/notice/{grant_notice}", "zhen"),
    Visit("/admin/audit/{pass_}", "/admin/audit/need", "zhen"),
    Visit("/admin/audit/{pass_}", "/admin/audit/grant", "zhen"),
    Visit("/admin/decide/{pass_}", "/admin/decide/need", "xian"),
    Visit("/admin/decide/{pass_}", "/admin/decide/grant", "xian"),
    Visit("/admin/batches/{pass_}", "/admin/batches/need", "zhen"),
    Visit("/admin/batches/{pass_}", "/admin/batches/grant?level=village", "xian"),
    Visit("/admin/batch/{id}", "/admin/batch/{batch}", "xian"),
    Visit("/admin/batch/{id}", "/admin/batch/{register}", "cun.{register_of}"),
    Visit("/admin/closing", "/admin/closing", "xian"),
    Visit("/admin/archive", "/admin/archive", "xian"),
    Visit("/admin/payments", "/admin/payments", "zhen"),
    Visit("/admin/payments", "/admin/payments", "xian"),
    Visit("/admin/payments", "/admin/payments?state=closed&bank=usual", "jijian"),
    Visit("/admin/payments/new", "/admin/payments/new", "zhen"),
    Visit("/admin/payments/new", "/admin/payments/new", "xian"),
    *(
        Visit("/admin/payments/{id}", f"/admin/payments/{{list_{state}}}", "zhen")
        for state in ("made", "released", "closed")
    ),
    Visit("/admin/payments/{id}", "/admin/payments/{list_closed}?outcome=failed", "jijian"),
    Visit("/admin/payments/{id}/return/{file}", "/admin/payments/{returned_list}/return/{bank_return}", "zhen"),
    Visit("/admin/papers", "/admin/papers", "cun"),
    Visit("/admin/papers", "/admin/papers", "xian"),
    Visit("/admin/papers", f"/admin/papers?place={SHIMEN[:9]}", "xian"),
    Visit("/admin/papers", "/admin/papers?place={grant_posted}", "zhen"),
    Visit("/admin/papers", "/admin/papers", "minzheng"),
    Visit("/admin/allocation", "/admin/allocation", "xian"),
    Visit("/admin/allocation", "/admin/allocation?money=100", "xian"),
    Visit("/admin/allocation", "/admin/allocation?money=200000&quilt-stock=9&coat-stock=20&share-special=30", "zhen"),
    Visit("/admin/goods", "/admin/goods", "zhen"),
    Visit("/admin/goods", "/admin/goods?waiting=1", "cun"),
    Visit("/admin/case/{id}/goods", "/admin/case/{paid_case}/goods", "zhen"),
    Visit("/admin/case/{id}/goods", "/admin/case/{paid_case}/goods", "xian"),
    Visit("/admin/funds", "/admin/funds", "xian"),
    Visit("/admin/funds", "/admin/funds", "jijian"),
    Visit("/admin/fund/{id}", "/admin/fund/{fund}", "xian"),
    Visit("/admin/ledger", "/admin/ledger", "xian"),
    Visit("/admin/ledger", "/admin/ledger", "zhen"),
    Visit("/admin/ledger", "/admin/ledger", "minzheng"),
    Visit("/admin/cases", "/admin/cases", "xian"),
    Visit("/admin/cases", "/admin/cases?q=zg", "xian"),
    Visit("/admin/cases", "/admin/cases?q=%E6%B2%A1%E6%9C%89", "jijian"),
    Visit("/admin/import", "/admin/import", "cun"),
    Visit("/admin/import/{id}", "/admin/import/{import_file}", "cun"),
    Visit("/admin/import/{id}", "/admin/import/{import_file}?state=known", "zhen"),
    Visit("/admin/import/{id}", "/admin/import/{last_list}", "cun"),
    Visit("/admin/handovers", "/admin/handovers", "xian"),
    Visit("/admin/handover/{id}", "/admin/handover/{handover}", "xian"),
    Visit("/admin/reports", "/admin/reports", "jijian"),
    Visit("/admin/report/{id}", "/admin/report/{report}", "jijian"),
    Visit("/admin/visits", "/admin/visits", "zhen"),
    Visit("/admin/visit/{id}", "/admin/visit/{visit}", "cun"),
    Visit("/admin/discoveries", "/admin/discoveries", "zhen"),
    Visit("/admin/discovery/{id}", "/admin/discovery/{discovery}", "cun"),
    Visit("/admin/referrals", "/admin/referrals", "xian"),
    Visit("/admin/referral/{id}", "/admin/referral/{referral}", "xian"),
    Visit("/admin/scheme", "/admin/scheme", "xian"),
    Visit("/admin/scheme", "/admin/scheme", "jijian"),
    *(Visit("/admin/scheme/edit/{section}", f"/admin/scheme/edit/{section}", "xian") for section in EDITED),
    Visit("/admin/scheme/affected", "/admin/scheme/affected", "xian"),
    Visit("/admin/scheme/affected/{township}", f"/admin/scheme/affected/{SHIMEN[:9]}", "xian"),
    Visit("/admin/scheme/history", "/admin/scheme/history", "zhen"),
    Visit("/admin/scheme/next", "/admin/scheme/next", "xian"),
    Visit("/admin/scheme/upload", "/admin/scheme/upload", "xian"),
    Visit("/admin/calendar", "/admin/calendar", "cun"),
    Visit("/admin/calendar", "/admin/calendar", "xian"),
    Visit("/admin/request", "/admin/request", "xian"),
    Visit("/admin/request", "/admin/request", "zhen"),
    Visit("/admin/request", "/admin/request", "minzheng"),
    Visit("/admin/signals", "/admin/signals", "zhen"),
    Visit("/admin/signals", "/admin/signals?kind=phone_many", "xian"),
    Visit("/admin/account", "/admin/account", "cun"),
    Visit("/admin/account/code", "/admin/account/code?of=none", "cun"),
    Visit("/admin/flows", "/admin/flows", "xian"),
    *(Visit("/admin/flows/{flow}", f"/admin/flows/{flow}", "xian") for flow in FLOWS),
    Visit("/admin/case/{id}", "/admin/case/{paid_case}", "zhen"),
    Visit("/admin/case/{id}", "/admin/case/{accepted_case}", "xian"),
    Visit("/admin/meetings/{id}", "/admin/meetings/{review}", "xian"),
)

WALKED = {"/forms/{flow}/check", "/forms/{flow}/done"}
"""Pages that stand only at the end of a walk; the tests that walk there look at them."""

OTHERS = {
    "/": "/",
    "/admin": "/admin",
    "/admin/{file}": "/admin/style.css",
    "/admin/allocation.xlsx": "/admin/allocation.xlsx",
    "/admin/import/{list}.xlsx": "/admin/import/apply.xlsx",
    "/notices/{file}": "/notices/style.css",
    "/chat/{name}": "/chat/chat.js",
    "/channels/web": "/channels/web?after=0",
    "/channels/wechat": "/channels/wechat",
    "/forms/worker.js": "/forms/worker.js",
    "/forms/{flow}/app.webmanifest": "/forms/apply/app.webmanifest",
    "/forms/{flow}/offline.json": "/forms/apply/offline.json",
    "/forms/static/{name}": "/forms/static/form.css",
    "/forms/{flow}.xlsx": "/forms/apply.xlsx",
    "/api/v1/health": "/api/v1/health",
    "/api/v1/openapi.json": "/api/v1/openapi.json",
    "/admin/report/{id}/file/{file}": "/admin/report/1/file/1",
    "/admin/village/{code}/form.{kind}": f"/admin/village/{SHIMEN}/form.pdf",
    "/admin/papers/blank/{paper}.{kind}": "/admin/papers/blank/form3.pdf",
    "/admin/papers/{place}/evaluation.{kind}": "/admin/papers/410324/evaluation.pdf",
    "/admin/notice/{id}/poster.pdf": "/admin/notice/1/poster.pdf",
    "/admin/visit/{id}/file/{file}": "/admin/visit/1/file/1",
    "/admin/discovery/{id}/file/{file}": "/admin/discovery/1/file/1",
    "/admin/notice/{id}/voice/{file}": "/admin/notice/1/voice/1",
    "/admin/case/{id}/file/{file}": "/admin/case/1/file/1",
    "/admin/handover/{id}/file/{file}": "/admin/handover/1/file/1",
    "/admin/meetings/{id}/file/{file}": "/admin/meetings/1/file/1",
    "/admin/case/{id}/goods/{act}/file/{file}": "/admin/case/1/goods/1/file/1",
    "/admin/scheme/file.json": "/admin/scheme/file.json",
    "/healthz": "/healthz",
    "/readyz": "/readyz",
    "/metrics": "/metrics",
}
"""GET routes that show no page (a file, data, the way to a page), each with an address to see that by."""
