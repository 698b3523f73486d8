"""/healthz says that the process lives, /readyz that it can work, /metrics what it counted."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.metrics import Metrics
from store.database import Database

PATIENCE = 1.0
"""Seconds that the database has to answer."""


def routes(database: Database, metrics: Metrics, delivers: Callable[[], bool]) -> list[web.RouteDef]:
    """The routes for whoever watches over the service. ``delivers`` says whether messages are delivered, or need not
    be in this process."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE), database.read() as db:
                await db.execute(text("SELECT 1"))
        except (TimeoutError, OSError, SQLAlchemyError):
            return web.Response(status=503, text="database\n")
        if not delivers():
            return web.Response(status=503, text="delivery\n")
        return web.Response(text="ready\n")

    async def show_metrics(_request: web.Request) -> web.Response:
        return web.Response(body=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", show_metrics)]
