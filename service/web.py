"""The web application: channels, console, public pages, health; and on SQLite the delivery worker beside them."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from aiohttp import web

from admin.app import routes as admin_routes
from admin.context import AdminContext, DemoControls
from admin.missing import not_found_page
from admin.rendering import version
from bot.channels.web_media import KeptUploads
from bot.faces.anonymous_report import routes as report_routes
from bot.faces.context import FaceContext
from bot.faces.report_pages import ReportContext
from bot.faces.routes import routes as face_routes
from intake.fetching import fetch_waiting
from notifications.delivery import Delivery
from service import health
from service.archiver import Archiver
from service.flow_book import FlowBook
from service.house import House
from service.list_book import ListBook
from service.paper_book import PaperBook
from service.senders import Channels, open_channels
from store.faults import where

log = logging.getLogger(__name__)

WORLD_SECONDS = 60
"""How old our knowledge of schemes and divisions may get."""


async def build_application(
    stack: AsyncExitStack, house: House, *, demo: DemoControls | None = None
) -> web.Application:
    """The application over an open house; what it opens is closed by ``stack``."""
    channels = await stack.enter_async_context(open_channels(house, receive=True))
    context = AdminContext(
        house.units,
        house.clock,
        house.keyring,
        house.settings.public_url,
        demo,
        channels.village_link,
        flows=FlowBook(house.world, house.clock),
        scene_links=channels.scene_links,
        papers=PaperBook(house.world, house.clock),
        lists=ListBook(house.world, house.clock),
    )
    app = web.Application(client_max_size=1024 * 1024)
    app.add_routes(channels.routes)
    app.add_routes(admin_routes(context))
    app.add_routes(face_routes(_faces(house)))
    style = f"/notices/style.css?v={version('style.css')}"
    reports = ReportContext(house.units, house.world, house.settings.public_url, style)
    app.add_routes(report_routes(reports))
    app.add_routes(health.routes(house.database, house.metrics, lambda: house.delivers))
    app.add_routes([web.get("/", _to_chat)])
    app.router.add_route("GET", "/{else:.*}", not_found_page)
    if house.database.is_sqlite:
        start_delivery(stack, house, channels)

    async def background(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_keep_fresh(house))
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await house.turns.close()

    app.cleanup_ctx.append(background)
    return app


def start_delivery(stack: AsyncExitStack, house: House, channels: Channels) -> None:
    """Begin to deliver messages and to run the clocks in this process; ``stack`` ends it before the channels close."""
    work = Delivery(
        house.database,
        house.clock,
        channels.senders,
        house.engine,
        jitter=random.random,
        count=house.metrics.count_delivery,
    )

    async def fetch_media() -> None:
        """Fetch what people sent as photo or voice."""
        await fetch_waiting(house.database, channels.sources, house.clock.now())

    archiver = Archiver(house.units)
    reminders = (house.remind, house.remind_officials)
    jobs = (
        house.close_due_notices,
        fetch_media,
        *reminders,
        house.sweep,
        house.forget,
        house.file_imports,
        archiver.make_archives,
        house.tune,
    )
    house.engine.start(work.deliver, jobs=jobs)
    stack.push_async_callback(house.engine.stop)
    stack.push_async_callback(archiver.stop)


def _faces(house: House) -> FaceContext:
    uploads = KeptUploads(house.database, house.clock)
    public_url, count = house.settings.public_url, house.metrics.count
    return FaceContext(house.database, house.clock, house.world, house.turns, uploads, public_url, count)


async def _to_chat(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/chat")


async def _keep_fresh(house: House) -> None:
    while True:
        await asyncio.sleep(WORLD_SECONDS)
        try:
            await house.world.refresh()
        except Exception as error:
            log.warning("the schemes could not be read again: %s", where(error))
