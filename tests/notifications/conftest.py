"""A world that notifies."""

from datetime import UTC, datetime

import pytest

from notifications.listener import Notifier
from store.clock import FixedClock
from store.database import Database
from tests.notifications.steps import Orders, TickingClock
from tests.world import World, make_world


@pytest.fixture
def clock() -> TickingClock:
    """Noon in China on a day in the season, moving on a little with every look."""
    return TickingClock(datetime(2022, 11, 1, 4, 0, tzinfo=UTC))


@pytest.fixture
def orders() -> Orders:
    """The orders given."""
    return Orders()


@pytest.fixture
async def world(database: Database, clock: FixedClock, orders: Orders) -> World:
    """The demo county, whose events are listened to."""
    return await make_world(database, clock, [Notifier(orders).listen])
