"""The faces served over a small real world."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.web import Web, WebSettings
from bot.channels.web_media import KeptUploads
from bot.faces.context import FaceContext
from bot.faces.routes import routes
from bot.turns import BatchedTurns
from bot.world import World as BotWorld
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.faces.resident import Resident
from tests.world import World, make_world

PUBLIC = "http://127.0.0.1"


@dataclass
class Faces:
    """The served faces."""

    world: World
    server: TestServer
    turns: BatchedTurns
    clock: FixedClock
    bot: BotWorld
    people: list[Resident] = field(default_factory=list)

    def resident(self) -> Resident:
        """Someone new with a browser."""
        self.people.append(Resident(self.server))
        return self.people[-1]


@pytest.fixture
async def faces(database: Database, clock: FixedClock) -> AsyncIterator[Faces]:
    """The chat and the forms, as the house serves them."""
    world = await make_world(database, clock)
    turns = BatchedTurns(database, clock, lambda: served.bot)
    uploads = KeptUploads(database, clock)
    app = web.Application()
    app.add_routes(Web(WebSettings(PUBLIC), turns, uploads).routes())
    app.add_routes(routes(FaceContext(database, clock, lambda: served.bot, turns, uploads, PUBLIC)))
    server = TestServer(app, host="127.0.0.1")
    served = Faces(world, server, turns, clock, bot_world())
    await server.start_server()
    yield served
    for person in served.people:
        await person.http.close()
    await server.close()


@pytest.fixture
async def resident(faces: Faces) -> Resident:
    """Someone with a browser."""
    return faces.resident()
