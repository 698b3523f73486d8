"""A person uploads a photo or a voice on the chat page, and then says so."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.channels.base import BadRequestError
from bot.channels.web import COOKIE, Web, WebSettings
from bot.channels.web_media import KeptUploads, Reception
from bot.channels.web_read import address_of, new_token
from intake.attachments import PER_DAY, attach
from intake.media import MAX_BYTES
from intake.models import Attachment, Contact
from locales import HOME
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.channels.stub import Counter, StubTurns
from tests.media import AMR, SECRET, WEBM, photo

Client = TestClient[Any, Any]
PATH = "/channels/web/media"
JPEG = {"Content-Type": "image/jpeg"}


@pytest.fixture
async def client(database: Database, clock: FixedClock, turns: StubTurns, count: Counter) -> AsyncIterator[Client]:
    """A browser in front of a channel that keeps uploads, in an application that takes no large bodies elsewhere."""
    channel = Web(WebSettings("http://127.0.0.1"), turns, KeptUploads(database, clock), count=count)
    app = web.Application(client_max_size=1024 * 1024)
    app.add_routes(channel.routes())
    async with TestClient(TestServer(app, host="127.0.0.1")) as browser:
        yield browser


async def known(database: Database, clock: FixedClock) -> tuple[dict[str, str], int]:
    """Someone who has written: their cookie, and their contact's id."""
    token, now = new_token(), clock.now()
    contact = new_id(now)
    async with database.write() as db:
        db.add(Contact(id=contact, channel="web", address=address_of(token), language=HOME, created_at=now))
    return {COOKIE: token}, contact


@pytest.fixture
async def me(database: Database, clock: FixedClock) -> dict[str, str]:
    """The cookie of someone who has written."""
    return (await known(database, clock))[0]


async def send(client: Client, cookies: dict[str, str], raw: bytes, **headers: str) -> tuple[int, dict[str, str]]:
    """Upload: status and answer."""
    async with client.post(PATH, data=BytesIO(raw), cookies=cookies, headers=JPEG | headers) as response:
        return response.status, await response.json()


async def rows(database: Database) -> list[Attachment]:
    """Every attachment."""
    async with database.read() as db:
        return list(await db.scalars(select(Attachment).order_by(Attachment.id)))


async def test_a_photo_is_kept_at_once_and_named(
    client: Client, database: Database, me: dict[str, str], count: Counter
) -> None:
    status, answer = await send(client, me, photo())
    [kept] = await rows(database)
    assert (status, answer) == (200, {"media": str(kept.id)})
    assert (kept.kind, kept.state, kept.channel, kept.media_type) == ("photo", "kept", "web", "image/jpeg")
    assert count.outcomes == ["uploaded"]


@pytest.mark.parametrize("content_type", ["audio/webm;codecs=opus", "video/webm", "audio/mp4"])
async def test_a_voice_is_kept(client: Client, database: Database, me: dict[str, str], content_type: str) -> None:
    assert (await send(client, me, WEBM, **{"Content-Type": content_type}))[0] == 200
    [kept] = await rows(database)
    assert (kept.kind, kept.media_type) == ("voice", "audio/webm")


async def test_the_place_in_a_photo_is_not_kept(client: Client, database: Database, me: dict[str, str]) -> None:
    await send(client, me, photo())
    async with database.read() as db:
        content = await db.scalar(select(Attachment.content))
    assert content is not None
    assert SECRET not in content


async def test_the_same_photo_again_is_the_same_attachment(
    client: Client, database: Database, me: dict[str, str]
) -> None:
    first, second = await asyncio.gather(send(client, me, photo()), send(client, me, photo()))
    assert first == second
    assert len(await rows(database)) == 1


async def test_the_message_shows_what_was_uploaded(client: Client, turns: StubTurns, me: dict[str, str]) -> None:
    _, answer = await send(client, me, photo())
    message = {"id": "0f8fad5b-d9cb", "photo": answer["media"]}
    async with client.post("/channels/web", json=message, cookies=me) as response:
        assert response.status == 200
    assert turns.taken[0].input.media == answer["media"]


async def test_another_persons_photo_is_not_bound(
    client: Client, database: Database, clock: FixedClock, me: dict[str, str]
) -> None:
    _, answer = await send(client, me, photo())
    _, thief = await known(database, clock)
    async with database.connect() as connection:
        assert await attach(connection, thief, [int(answer["media"])], "report:5") == frozenset()
    [kept] = await rows(database)
    assert kept.subject == ""


@pytest.mark.parametrize(
    ("raw", "content_type", "status", "said"),
    [
        (b"<html>", "image/jpeg", 415, "不是照片"),
        (photo()[:200], "image/jpeg", 415, "不是照片"),
        (AMR, "image/jpeg", 415, "不是照片"),
        (photo(), "audio/webm", 415, "不是照片"),
        (photo(), "application/octet-stream", 415, "不是照片"),
        (b"", "image/png", 415, "不是照片"),
        (photo() + bytes(MAX_BYTES), "image/jpeg", 413, "太大"),
    ],
    ids=["page", "broken", "voice", "photo-as-voice", "no-type", "empty", "too-large"],
)
async def test_what_is_not_taken_is_said_plainly(
    client: Client, database: Database, me: dict[str, str], raw: bytes, content_type: str, status: int, said: str
) -> None:
    refused, answer = await send(client, me, raw, **{"Content-Type": content_type})
    assert refused == status
    assert said in answer["error"]
    assert await rows(database) == []


async def test_a_form_is_no_photo(client: Client, me: dict[str, str]) -> None:
    form = FormData()
    form.add_field("file", photo(), filename="photo.jpg", content_type="image/jpeg")
    async with client.post(PATH, data=form, cookies=me) as response:
        assert response.status == 415


async def test_a_large_photo_without_a_length_is_cut_off(client: Client, me: dict[str, str]) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield photo()
        for _ in range(200):
            yield bytes(64 * 1024)

    async with client.post(PATH, data=endless(), cookies=me, headers=JPEG) as response:
        assert response.status == 413


@pytest.mark.parametrize("cookies", [{}, {COOKIE: "made-up"}, {COOKIE: "0" * 32}], ids=["none", "wrong", "unknown"])
async def test_a_strangers_photo_is_not_kept(client: Client, database: Database, cookies: dict[str, str]) -> None:
    status, answer = await send(client, cookies, photo())
    assert status == 403
    assert "刷新" in answer["error"]
    assert await rows(database) == []


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_another_sites_page_cannot_upload(
    client: Client, database: Database, me: dict[str, str], headers: dict[str, str]
) -> None:
    assert (await send(client, me, photo(), **headers))[0] == 403
    assert await rows(database) == []


async def test_a_flood_ends(client: Client, database: Database, clock: FixedClock) -> None:
    cookies, contact = await known(database, clock)
    async with database.write() as db:
        db.add_all(
            Attachment(
                id=new_id(clock.now()), contact_id=contact, kind="photo", channel="web", reference="", state="kept",
                sent_at=clock.now(),
            )
            for _ in range(PER_DAY)
        )  # fmt: skip
    status, answer = await send(client, cookies, photo())
    assert status == 429
    assert str(PER_DAY) in answer["error"]


class Held:
    """Keeps nothing before it is told to."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def keep(self, address: str, kind: str, raw: bytes) -> int:
        await self.go.wait()
        return 7


@pytest.fixture
async def narrow() -> AsyncIterator[tuple[Client, Held]]:
    """A reception that takes two uploads at once and waits a fifth of a second for each."""
    held = Held()
    reception = Reception(held, at_once=2, seconds=0.2)

    async def take(request: web.Request) -> web.Response:
        try:
            return web.json_response(await reception.take(request, "address"))
        except BadRequestError as error:
            return web.Response(status=error.status)
        except Exception as error:
            return web.Response(status=503, text=type(error).__name__)

    app = web.Application()
    app.add_routes([web.post(PATH, take)])
    async with TestClient(TestServer(app, host="127.0.0.1")) as browser:
        yield browser, held


async def test_so_many_uploads_at_once_and_no_more(narrow: tuple[Client, Held]) -> None:
    client, held = narrow
    two = [asyncio.create_task(client.post(PATH, data=b"1", headers=JPEG)) for _ in range(2)]
    await asyncio.sleep(0.2)
    async with client.post(PATH, data=b"1", headers=JPEG) as third:
        assert (third.status, await third.text()) == (503, "TurnsBusyError")
    held.go.set()
    assert [response.status for response in await asyncio.gather(*two)] == [200, 200]
    async with client.post(PATH, data=b"1", headers=JPEG) as fourth:
        assert fourth.status == 200


async def test_a_body_that_does_not_come_gives_its_place_back(narrow: tuple[Client, Held]) -> None:
    client, held = narrow
    held.go.set()

    async def slow() -> AsyncIterator[bytes]:
        yield b"1"
        await asyncio.sleep(0.5)
        yield b"2"

    for _ in range(3):
        async with client.post(PATH, data=slow(), headers=JPEG) as response:
            assert response.status == 408
