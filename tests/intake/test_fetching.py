"""The clock's job fetches what people sent: once, again after a while, or not at all."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import fetching
from intake.attachments import Expected, expect
from intake.fetching import DELAYS, GIVEN_UP, MOST, GoneError, LaterError, fetch_waiting
from intake.models import Attachment
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.media import AMR, photo
from tests.world import World, make_contact, make_world


class Source:
    """A channel's files: bytes, or the error that comes instead. ``open``: cleared, it waits."""

    def __init__(self, **files: bytes | Exception) -> None:
        self.files = files
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def fetch(self, reference: str) -> bytes:
        """See :class:`intake.fetching.MediaSource`."""
        self.asked.append(reference)
        await self.open.wait()
        found = self.files[reference]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    """栾川, where someone writes."""
    made = await make_world(database, clock)
    await make_contact(made, "wechat")
    return made


async def send(world: World, *references: str, channel: str = "wechat", kind: str = "photo") -> list[int]:
    """The person sends photos; their ids."""
    now = world.clock.now()
    rows = [Expected(new_id(now), world.contacts[0], kind, channel, one, now) for one in references]
    async with world.database.connect() as connection:
        await expect(connection, rows)
    return [row.id for row in rows]


async def run(world: World, **sources: Source) -> int:
    """The job once."""
    return await fetch_waiting(world.database, sources, world.clock.now())


async def seen(world: World) -> list[tuple[str, int]]:
    """State and tries of every attachment, in the order in which they were sent."""
    async with world.database.read() as db:
        rows = await db.execute(select(Attachment.state, Attachment.tries).order_by(Attachment.sent_at, Attachment.id))
        return [(state, tries) for state, tries in rows]


async def test_a_photo_and_a_voice_are_fetched_and_kept(world: World) -> None:
    await send(world, "roof")
    await send(world, "words", kind="voice")
    source = Source(roof=photo(), words=AMR)
    assert await run(world, wechat=source) == 2
    assert await seen(world) == [("kept", 1), ("kept", 1)]
    assert await run(world, wechat=source) == 0
    assert sorted(source.asked) == ["roof", "words"]


@pytest.mark.parametrize(
    "found", [GoneError("wechat:40007"), b"<html>", b"", AMR], ids=["gone", "page", "empty", "voice"]
)
async def test_what_is_gone_or_no_photo_is_lost(world: World, found: bytes | Exception) -> None:
    await send(world, "roof")
    source = Source(roof=found)
    assert await run(world, wechat=source) == 0
    assert await seen(world) == [("lost", 1)]
    await run(world, wechat=source)
    assert len(source.asked) == 1


async def test_a_channel_that_is_away_is_asked_again_after_longer_and_longer_waits(
    world: World, clock: FixedClock
) -> None:
    await send(world, "roof")
    began, source = clock.now(), Source(roof=LaterError("wechat:network"))
    asked_after = []
    while (await seen(world))[0][0] == "waiting":
        before = len(source.asked)
        await run(world, wechat=source)
        if len(source.asked) > before:
            asked_after.append(clock.now() - began)
        clock.forward(timedelta(minutes=1) if clock.now() - began < timedelta(hours=3) else timedelta(hours=1))
    assert [after < delay + timedelta(hours=1) for after, delay in zip(asked_after, DELAYS, strict=True)] == [True] * 8
    assert asked_after[:4] == list(DELAYS[:4])
    assert await seen(world) == [("lost", 8)]
    assert asked_after[-1] < GIVEN_UP


async def test_a_photo_that_comes_late_is_kept(world: World, clock: FixedClock) -> None:
    await send(world, "roof")
    source = Source(roof=LaterError("wechat:-1"))
    await run(world, wechat=source)
    source.files["roof"] = photo()
    assert await run(world, wechat=source) == 0
    clock.forward(timedelta(minutes=1))
    assert await run(world, wechat=source) == 1
    assert await seen(world) == [("kept", 2)]


async def test_one_broken_file_holds_up_no_other(world: World) -> None:
    await send(world, "one", "two", "three")
    source = Source(one=RuntimeError("unforeseen"), two=LaterError("wechat:http502"), three=photo())
    assert await run(world, wechat=source) == 1
    assert sorted(await seen(world)) == [("kept", 1), ("waiting", 1), ("waiting", 1)]


async def test_two_processes_fetch_a_file_once(world: World) -> None:
    await send(world, *(f"photo{number}" for number in range(6)))
    source = Source(**{f"photo{number}": photo(mark=number) for number in range(6)})
    source.open.clear()
    both = asyncio.gather(run(world, wechat=source), run(world, wechat=source))
    await asyncio.sleep(0.2)
    source.open.set()
    assert sum(await both) == 6
    assert len(source.asked) == len(set(source.asked)) == 6


async def test_no_transaction_is_open_while_a_file_comes(world: World) -> None:
    await send(world, "roof")
    source = Source(roof=photo())
    source.open.clear()
    fetching = asyncio.create_task(run(world, wechat=source))
    async with asyncio.timeout(5):
        while not source.asked:  # noqa: ASYNC110 - the source tells nobody that it was asked
            await asyncio.sleep(0.01)
        await send(world, "another")
    source.open.set()
    assert await fetching == 1


async def test_a_run_takes_a_few_and_the_oldest_first(world: World, clock: FixedClock) -> None:
    await send(world, "old")
    clock.forward(timedelta(seconds=1))
    await send(world, *(f"new{number}" for number in range(MOST)))
    source = Source(old=LaterError("x"), **{f"new{number}": LaterError("x") for number in range(MOST)})
    await run(world, wechat=source)
    assert len(source.asked) == MOST
    assert source.asked[0] == "old"


async def test_a_slow_channel_does_not_hold_up_the_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "RUN_SECONDS", -1.0)
    await send(world, "roof")
    source = Source(roof=photo())
    assert await run(world, wechat=source) == 0
    assert await seen(world) == [("waiting", 0)]
    assert source.asked == []


async def test_what_died_in_its_last_try_or_has_no_channel_is_given_up(world: World, clock: FixedClock) -> None:
    await send(world, "roof")
    await send(world, "other", channel="telegram")
    async with world.database.write() as db:
        row = (await db.scalars(select(Attachment).where(Attachment.channel == "wechat"))).one()
        row.tries = len(DELAYS)
    source = Source()
    clock.forward(GIVEN_UP - timedelta(seconds=1))
    await run(world, wechat=source)
    assert [state for state, _ in await seen(world)] == ["waiting", "waiting"]
    clock.forward(timedelta(seconds=1))
    await run(world, wechat=source)
    assert [state for state, _ in await seen(world)] == ["lost", "lost"]
    assert source.asked == []


async def test_after_a_long_silence_a_file_is_still_tried(world: World, clock: FixedClock) -> None:
    await send(world, "roof")
    clock.forward(timedelta(days=5))
    assert await run(world, wechat=Source(roof=photo())) == 1


async def test_the_log_says_what_happened_and_names_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await send(world, "secretreference")
    await run(world, wechat=Source(secretreference=GoneError("wechat:40007")))
    assert "wechat:40007" in caplog.text
    assert "secretreference" not in caplog.text
