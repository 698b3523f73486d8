"""The forms that there are for someone."""

from aiohttp import web

from bot.faces.offered import forms, is_free
from bot.faces.visit import Visit


async def show_list(visit: Visit) -> web.Response:
    """Every form that the visitor may fill in, with what they have begun."""
    text, official = visit.look.text, visit.visitor.official
    drafts = visit.visitor.drafts
    listed = [
        {
            "name": flow.name,
            "label": text(f"home.{flow.name}"),
            "begun": flow.name in drafts and not drafts[flow.name].fresh,
            "free": is_free(flow),
        }
        for flow in forms(official)
    ]
    name = official.name if official else ""
    return visit.page("form_list.html", {"forms": listed, "official": name, "message": ""})
