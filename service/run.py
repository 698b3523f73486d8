"""``serve`` and ``work``: run until told to stop, then finish what is under way."""

import asyncio
import logging
import signal
from contextlib import AsyncExitStack

from aiohttp import web

from service import memory
from service.demo import Demo
from service.house import open_house
from service.senders import open_channels
from service.settings import SettingError, Settings
from service.web import build_application, start_delivery
from store.clock import Clock, SystemClock

log = logging.getLogger(__name__)


def _stopped() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def serve(settings: Settings, *, with_demo: bool = False, households: int = 0) -> None:
    """Serve the web application; with ``with_demo`` over the demo county and its own clock, with so many ``households``
    at least.

    Raises:
        EngineError: the delivery that belongs to this process could not start.
        SettingError: the address cannot be listened on.
    """
    stop = _stopped()
    async with AsyncExitStack() as stack:
        demo = await stack.enter_async_context(Demo.open(settings, households)) if with_demo else None
        clock: Clock = demo.clock if demo else SystemClock()
        house = await stack.enter_async_context(open_house(settings, clock, "serve@1"))
        if demo:
            await demo.fill(house)
        app = await build_application(stack, house, demo=demo)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=20)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await _listen(runner, settings, shared=not house.database.is_sqlite)
        log.info("serving on %s", settings.public_url)
        if demo:
            demo.announce(settings)
        await house.engine.ready()
        memory.settle()
        await stop.wait()


async def _listen(runner: web.AppRunner, settings: Settings, *, shared: bool) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port, reuse_port=shared).start()
    except OSError as error:
        raise SettingError(
            f"cannot serve on {settings.host}:{settings.port} ({error.strerror or 'no such address'}). Is something "
            "else there already? Take another port: NUANDONG_PORT=8081, and for all addresses NUANDONG_HOST=0.0.0.0"
        ) from error


async def work(settings: Settings) -> None:
    """Deliver messages and run the clocks, beside web processes on the same PostgreSQL.

    Raises:
        EngineError: the delivery could not start.
    """
    stop = _stopped()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(settings, SystemClock(), settings.worker_name))
        channels = await stack.enter_async_context(open_channels(house, receive=False))
        start_delivery(stack, house, channels)
        await house.engine.ready()
        memory.settle()
        await stop.wait()
