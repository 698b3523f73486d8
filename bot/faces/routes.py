"""Every address of the faces."""

from aiohttp import web

from bot.faces.api import Api
from bot.faces.assets import show_asset
from bot.faces.context import FaceContext
from bot.faces.listing import show_list
from bot.faces.offline import show_data, show_manifest, show_offline, show_worker, take_rows
from bot.faces.signing import send, show_check, show_done
from bot.faces.stepping import save_step, show_step
from bot.faces.visit import visited
from bot.faces.whole import send_whole, show_whole
from bot.faces.workbook import Workbooks

FLOW = "{flow:[a-z_]{1,32}}"


def routes(context: FaceContext) -> list[web.RouteDef]:
    """Forms page by page, on one page and without a network; the API."""
    return [
        *Api(context).routes(),
        web.get("/forms", visited(context, show_list)),
        web.get("/forms/static/{name:.+}", show_asset),
        web.get(f"/forms/{FLOW}.xlsx", Workbooks(context).show),
        web.get("/forms/worker.js", show_worker),
        web.get(f"/forms/{FLOW}/offline", visited(context, show_offline)),
        web.get(f"/forms/{FLOW}/offline.json", visited(context, show_data)),
        web.get(f"/forms/{FLOW}/app.webmanifest", visited(context, show_manifest)),
        web.post(f"/forms/{FLOW}/rows", take_rows(context)),
        web.get(f"/forms/{FLOW}", visited(context, show_step)),
        web.post(f"/forms/{FLOW}", visited(context, save_step)),
        web.get(f"/forms/{FLOW}/check", visited(context, show_check)),
        web.post(f"/forms/{FLOW}/check", visited(context, send)),
        web.get(f"/forms/{FLOW}/done", visited(context, show_done)),
        web.get(f"/forms/{FLOW}/all", visited(context, show_whole)),
        web.post(f"/forms/{FLOW}/all", visited(context, send_whole)),
    ]
