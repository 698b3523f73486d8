"""The talks as the console shows them: each as a talk and a diagram, and how far people get in it."""

from datetime import timedelta
from itertools import pairwise

from aiohttp import web

from admin.call import Call
from admin.context import FlowPicture, Share
from admin.gate import PEOPLE, allow
from intake.access import OutOfAreaError
from locales import languages
from store.clock import china_date

CHANNELS = ("wechat", "telegram", "web")
DAYS = (7, 30, 365)


def _pictures(call: Call) -> tuple[FlowPicture, ...]:
    return call.context.flows.pictures(call.t) if call.context.flows else ()


@allow(*PEOPLE)
async def show_flows(call: Call) -> web.Response:
    """Every flow."""
    return call.page("flows.html", found=_pictures(call))


@allow(*PEOPLE)
async def show_flow(call: Call) -> web.Response:
    """One flow: its talk, its diagram, its funnel."""
    flow = next((flow for flow in _pictures(call) if flow.name == call.word("flow")), None)
    if flow is None or call.context.flows is None:
        raise OutOfAreaError
    asked = call.request.query
    channel = asked.get("channel", "") if asked.get("channel") in CHANNELS else ""
    language = asked.get("language", "") if asked.get("language") in languages() else ""
    days = next((span for span in DAYS if asked.get("days") == str(span)), DAYS[1])
    since = china_date(call.now) - timedelta(days=days)
    async with call.reading() as db:
        counted = await call.context.flows.funnel(db, flow.name, since, channel, language)
    shares = {share.question: share for share in counted}
    rows = [(step, shares.get(step.key, Share(step.key))) for step in flow.steps]
    most = max((share.reached for _, share in rows), default=0)
    return call.page(
        "flow.html",
        flow=flow,
        rows=rows,
        most=most,
        links=tuple(pairwise(range(len(flow.steps) + 1))),
        channel=channel,
        language=language,
        days=days,
        channels=CHANNELS,
        spans=DAYS,
    )
