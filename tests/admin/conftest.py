"""A running console over a small world, with its officials' browsers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher
from sqlalchemy import update

import admin.models  # the table of sessions has to be known before the tables are made
from admin.app import AdminContext, VillageLink, routes
from admin.context import SceneLink
from intake.access import Official
from intake.models import Staff
from intake.notices import close_due
from intake.procedure import Role
from service.flow_book import FlowBook
from service.list_book import ListBook
from service.paper_book import PaperBook
from service.world import KnownWorld
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.admin.browser import Browser
from tests.world import PASSWORD, World, make_world

assert admin.models
HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


class Days:
    """The demo's controls: moves the clock and closes what is due."""

    def __init__(self, world: World, clock: FixedClock) -> None:
        self.world, self.clock = world, clock

    async def forward(self, days: int) -> None:
        self.clock.forward(timedelta(days=days))
        async with self.world.units.begin() as unit:
            await close_due(unit.db, unit.journal, unit.now)


@dataclass
class Console:
    """The console as it runs: its world, and one browser for each official."""

    world: World
    clock: FixedClock
    server: TestServer
    cun: Browser
    zhen: Browser
    xian: Browser

    async def forward(self, number: int) -> None:
        """Press the demo's buttons: days go by, notices that are due close."""
        for step in [5] * (number // 5) + [1] * (number % 5):
            seen = await self.cun.post("/admin/demo/clock", {"days": step, "back": "/admin/"})
            assert seen.path == "/admin/"

    async def hire(self, username: str, role: Role, division: str | None) -> Official:
        """One more official."""
        staff = Staff(
            id=new_id(self.clock.now()),
            username=username,
            name=username,
            password_hash=HASH,
            role=role.value,
            division=division,
            active=True,
        )
        async with self.world.database.write() as db:
            db.add(staff)
        return Official.of(staff)

    async def browser(self, username: str) -> Browser:
        """The browser of an official who has signed in."""
        browser = Browser(self.server)
        seen = await browser.sign_in(username)
        assert seen.path == "/admin/", seen.text
        return browser


async def open_console(
    database: Database,
    clock: FixedClock,
    keyring: Keyring,
    *,
    demo: bool,
    wechat_link: Callable[[str], Awaitable[VillageLink]] | None = None,
    scene_links: Mapping[str, SceneLink] | None = None,
) -> tuple[World, TestServer]:
    """A world and a server with the console's routes."""
    world = await make_world(database, clock)
    async with database.write() as db:
        await db.execute(update(Staff).values(password_hash=HASH))
    controls = Days(world, clock) if demo else None
    application = web.Application()
    known = KnownWorld(database, clock)
    await known.refresh()
    flows = FlowBook(known, clock)
    context = AdminContext(
        world.units,
        clock,
        keyring,
        "http://127.0.0.1",
        controls,
        wechat_link,
        flows=flows,
        papers=PaperBook(known, clock),
        lists=ListBook(known, clock),
        scene_links=scene_links or {},
    )
    application.add_routes(routes(context))
    server = TestServer(application)
    await server.start_server()
    return world, server


@pytest.fixture
async def console(database: Database, clock: FixedClock, keyring: Keyring) -> AsyncIterator[Console]:
    """The console, with cun, zhen and xian signed in."""
    world, server = await open_console(database, clock, keyring, demo=True)
    browsers = [Browser(server) for _ in range(3)]
    made = Console(world, clock, server, *browsers)
    for name, browser in zip(("cun", "zhen", "xian"), browsers, strict=True):
        await browser.sign_in(name)
    yield made
    for browser in browsers:
        await browser.http.close()
    await server.close()
