"""A person writes on the chat page."""

import re
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.base import BadRequestError
from bot.channels.web import COOKIE, Web, WebSettings
from bot.channels.web_page import page, static_file
from bot.channels.web_read import read_message
from bot.inbound import Inbound, Input, Kind
from bot.reply import Choice, Reply
from locales import HOME
from tests.channels.stub import Counter, StubTurns, application

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
Client = TestClient[Any, Any]


async def pushed(address: str, after: int) -> list[tuple[int, str]]:
    """Two notifications for everybody."""
    return [(number, f"{address[:0]}通知{number}") for number in (1, 2) if number > after]


class NoUploads:
    """Keeps nothing; uploads have tests of their own."""

    async def keep(self, address: str, kind: str, raw: bytes) -> int:
        raise BadRequestError(403, "stranger")


@pytest.fixture
async def client(turns: StubTurns, count: Counter) -> AsyncIterator[Client]:
    """A browser in front of a running channel."""
    channel = Web(WebSettings("http://127.0.0.1", "12345"), turns, NoUploads(), pushed=pushed, count=count)
    async with TestClient(TestServer(application(channel.routes()), host="127.0.0.1")) as browser:
        yield browser


async def say(client: Client, **message: Any) -> tuple[int, Any]:
    """Post a message: status and JSON."""
    async with client.post("/channels/web", json={"id": ID} | message) as response:
        return response.status, await response.json()


async def test_an_answer_has_its_choices(client: Client, turns: StubTurns) -> None:
    choices = (Choice("family:low", "低保户"), Choice("family:none", "一般户"))
    turns.answer = lambda _inbound: (Reply("好的。"), Reply("您家是什么情况？", choices, several=True))
    listed = [{"id": "family:low", "label": "低保户"}, {"id": "family:none", "label": "一般户"}]
    assert await say(client, text="申请") == (
        200,
        {"replies": [{"text": "好的。"}, {"text": "您家是什么情况？", "choices": listed, "several": True}]},
    )


@pytest.mark.parametrize(
    ("message", "kind"),
    [({"text": "3口人"}, Kind.TEXT), ({"choice": "family:low"}, Kind.CHOICE), ({"scene": "v410324112201"}, Kind.SCENE)],
)
async def test_the_meaning(client: Client, turns: StubTurns, message: dict[str, str], kind: Kind) -> None:
    assert (await say(client, **message))[0] == 200
    assert (turns.taken[0].input.kind, turns.taken[0].input.text) == (kind, next(iter(message.values())))


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        ({"photo": "7"}, Input(Kind.PHOTO, media="7")),
        ({"voice": str(2**63 - 1)}, Input(Kind.VOICE, media=str(2**63 - 1))),
        ({"location": "33.9,111.600001"}, Input(Kind.LOCATION, "33.9,111.600001")),
        ({"location": "-3,-111.5"}, Input(Kind.LOCATION, "-3,-111.5")),
    ],
)
async def test_photos_voices_and_places(
    client: Client, turns: StubTurns, message: dict[str, str], meaning: Input
) -> None:
    assert (await say(client, **message))[0] == 200
    assert turns.taken[0].input == meaning


@pytest.mark.parametrize(
    "message",
    [
        {"photo": ""},
        {"photo": 7},
        {"photo": "07"},
        {"photo": "-7"},
        {"photo": "７"},
        {"photo": str(2**63)},
        {"photo": "7", "voice": "7"},
        {"voice": "1" * 20},
        {"location": "33.9"},
        {"location": "33.9,nan"},
        {"location": "33.9, 111.6"},
        {"location": "1e9,1"},
        {"location": "33.9,111.6\n"},
        {"location": [33.9, 111.6]},
    ],
)
async def test_what_is_no_attachment_and_no_place_is_refused(
    client: Client, turns: StubTurns, message: dict[str, Any]
) -> None:
    assert (await say(client, **message))[0] == 400
    assert turns.taken == []


async def test_a_browser_is_one_contact_and_its_secret_is_not_the_address(client: Client, turns: StubTurns) -> None:
    async with client.get("/chat") as response:
        cookie = response.cookies[COOKIE]
    assert re.fullmatch("[0-9a-f]{32}", cookie.value)
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert cookie["max-age"] == "31536000"
    await say(client, text="一")
    await say(client, text="二")
    first, second = turns.taken
    assert first.address == second.address != cookie.value
    async with client.get("/chat") as response:
        assert COOKIE not in response.cookies


@pytest.mark.parametrize("cookie", ["", "admin", "0" * 31, "g" * 32])
async def test_a_made_up_cookie_is_replaced(client: Client, cookie: str) -> None:
    async with client.post("/channels/web", json={"id": ID, "text": "一"}, cookies={COOKIE: cookie}) as response:
        assert response.cookies[COOKIE].value not in {"", cookie}


def test_the_cookie_is_secure_behind_https(turns: StubTurns) -> None:
    assert Web(WebSettings("https://nuandong.example"), turns, NoUploads())._secure


async def test_the_same_id_of_another_contact_is_another_message(client: Client, turns: StubTurns) -> None:
    await say(client, text="我的身份证号")
    client.session.cookie_jar.clear()
    assert (await say(client, text="？"))[1] == {"replies": [{"text": "收到：？"}]}
    assert turns.taken[0].message_id != turns.taken[1].message_id


async def test_a_message_sent_again_gets_its_answer_again(client: Client) -> None:
    first = await say(client, text="一")
    assert await say(client, text="一") == first


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"<xml/>",
        b'{"id": "%b"}' % ID.encode(),
        b'{"text": "1"}',
        b'{"id": 5, "text": "1"}',
        b'{"id": "short", "text": "1"}',
        b'{"id": "%b", "text": 1}' % ID.encode(),
        b'{"id": "%b", "text": "1", "choice": "a:1"}' % ID.encode(),
        b'{"id": "%b", "text": "\\ud800"}' % ID.encode(),
        b'{"id": "%b", "scene": "v 1"}' % ID.encode(),
        b'{"id": "%b", "choice": "%b"}' % (ID.encode(), b"a" * 300),
    ],
)
async def test_what_is_no_message_is_refused_in_plain_words(client: Client, turns: StubTurns, body: bytes) -> None:
    async with client.post("/channels/web", data=body) as response:
        assert response.status == 400
        assert "没看懂" in (await response.json())["error"]
    assert turns.taken == []


@given(some.binary(max_size=60) | some.dictionaries(some.text(max_size=6), some.text(max_size=6)).map(orjson.dumps))
def test_random_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(BadRequestError, match="malformed"):
        read_message(body, "address")


async def test_a_large_body_is_refused(client: Client, count: Counter) -> None:
    status, body = await say(client, text="冬" * 6000)
    assert (status, count.outcomes) == (413, ["too_large"])
    assert "太长" in body["error"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_another_sites_page_cannot_write(client: Client, headers: dict[str, str], status: int) -> None:
    async with client.post("/channels/web", json={"id": ID, "text": "一"}, headers=headers) as response:
        assert response.status == status
        body = await response.json()
    assert ("error" in body) == (status == 403)


async def test_busy_turns_say_to_try_again(client: Client, turns: StubTurns) -> None:
    turns.busy = True
    status, body = await say(client, text="一")
    assert status == 503
    assert "再发一次" in body["error"]


async def test_notifications_come_after_the_last_one_seen(client: Client) -> None:
    async with client.get("/channels/web?after=0") as response:
        assert await response.json() == {"messages": []}
    await say(client, text="一")
    async with client.get("/channels/web?after=1") as response:
        assert await response.json() == {"messages": [{"id": 2, "text": "通知2"}]}
    for wrong in ("x", "-1", "１", "9" * 19):
        async with client.get("/channels/web", params={"after": wrong}) as response:
            assert response.status == 400


async def test_the_page_runs_nothing_from_elsewhere(client: Client) -> None:
    async with client.get("/chat?v=410324112201") as response:
        html = await response.text()
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "microphone=(self)" in response.headers["Permissions-Policy"]
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", html)
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', html):
        async with client.get(path) as response:
            assert response.status == 200
            assert "immutable" in response.headers["Cache-Control"]


def test_nothing_outlives_the_tab_so_a_new_one_asks_for_every_notification() -> None:
    script = static_file("chat.js").body.decode()
    kept = [line for line in (script + static_file("media.js").body.decode()).splitlines() if "localStorage" in line]
    assert kept and all("nuandong.big" in line for line in kept)  # the size of the letters alone
    assert '"/channels/web?after=" + (state.pushed || 0)' in script


def test_the_page_can_be_heard_and_works_without_scripts() -> None:
    html = page(HOME, "12345")
    assert "<title>暖冬</title>" in html
    assert 'lang="zh-CN"' in html
    assert 'role="log"' in html
    assert '<label for="text"' in html
    assert "请打电话 12345" in html
    assert "tel:" not in page(HOME, "")


def test_a_hotline_cannot_write_html() -> None:
    assert "<b>" not in page(HOME, '"><b>')


def relative_luminance(colour: str) -> float:
    """WCAG's luminance of ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("ink", "ground"), ("ink", "paper"), ("ink", "ember-soft"), ("soft", "ground"), ("soft", "paper"),
     ("on-ember", "ember"), ("alarm", "ground"), ("ember", "paper"), ("ember", "ground")],
)  # fmt: skip
def test_every_text_has_enough_contrast(theme: int, text: str, ground: str) -> None:
    css = static_file("chat.css").body.decode()
    colours = [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", css, re.S)]
    light, dark = sorted((relative_luminance(colours[theme][name]) for name in (text, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_an_inbound_names_its_channel() -> None:
    inbound = read_message(orjson.dumps({"id": ID, "text": "一"}), "address")
    assert isinstance(inbound, Inbound)
    assert inbound.channel == "web"
