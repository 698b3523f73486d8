"""Requests to the WeChat webhook that are wrong, late, too large or hostile."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from wechatpy.crypto import WeChatCrypto

from bot.channels.base import BadRequestError
from bot.channels.wechat import WeChat, WeChatSettings
from bot.channels.wechat_crypto import Envelope, EnvelopeError
from store.clock import FixedClock
from tests.channels.conftest import AES_KEY, Talk
from tests.channels.stub import StubTurns, application
from tests.fakes.wechat import Account, FakeWeChat, sign

PERSON = "oTestPerson00000000000000002"


async def post(
    session: aiohttp.ClientSession, url: str, query: Mapping[str, str], body: bytes | AsyncIterator[bytes]
) -> int:
    async with session.post(url, params=query, data=body) as response:
        await response.read()
        return response.status


async def test_the_address_is_confirmed(talk: Talk, session: aiohttp.ClientSession) -> None:
    query, _body = talk.fake.request("<xml/>")
    signed = {name: query[name] for name in ("signature", "timestamp", "nonce")} | {"echostr": "5837397576"}
    async with session.get(talk.url, params=signed) as response:
        assert (response.status, await response.text()) == (200, "5837397576")
    async with session.get(talk.url, params=signed | {"nonce": "1"}) as response:
        assert response.status == 403


def test_an_encrypted_address_check_is_opened(clock: FixedClock) -> None:
    sealed = Envelope(AES_KEY, "wx1").seal(b"echo me")
    now = str(int(clock.now().timestamp()))
    query = {"echostr": sealed, "timestamp": now, "nonce": "n", "msg_signature": sign("t", now, "n", sealed)}
    channel = WeChat(WeChatSettings("wx1", "t", AES_KEY), StubTurns(), clock)
    assert channel.echo(query) == "echo me"
    with pytest.raises(BadRequestError, match="signature"):
        channel.echo(query | {"echostr": sealed[:-4] + "AAA="})


@pytest.mark.parametrize("changed", ["signature", "timestamp", "nonce"])
async def test_a_wrong_signature_is_refused(talk: Talk, session: aiohttp.ClientSession, changed: str) -> None:
    query, body = talk.fake.request(talk.fake.text(PERSON, "申请"))
    key = "msg_signature" if talk.fake.account.aes_key and changed == "signature" else changed
    assert await post(session, talk.url, query | {key: "1667275201"}, body) == 403
    assert await post(session, talk.url, query | {key: "签名"}, body) == 403
    assert talk.turns.taken == []
    assert talk.count.outcomes == ["signature", "signature"]


async def test_an_old_request_is_refused(talk: Talk, session: aiohttp.ClientSession, clock: FixedClock) -> None:
    query, body = talk.fake.request(talk.fake.text(PERSON, "申请"))
    now = clock.at
    for seconds, status in ((299, 200), (301, 403), (-299, 200), (-301, 403)):
        clock.at = now + timedelta(seconds=seconds)
        assert await post(session, talk.url, query, body) == status
    assert talk.count.outcomes == ["answered", "stale", "answered", "stale"]


async def test_a_large_body_is_refused_before_it_is_read(talk: Talk, session: aiohttp.ClientSession) -> None:
    query, _ = talk.fake.request("<xml/>")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b"<a>" * 400

    assert await post(session, talk.url, query, b"<a>" * 30_000) == 413
    assert await post(session, talk.url, query, endless()) == 413
    assert talk.count.outcomes == ["too_large", "too_large"]


@pytest.mark.parametrize(
    "push",
    [
        "",
        "{}",
        "<xml></xml>",
        "<a>" * 20_000,
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>',
        "<xml><MsgType>text</MsgType></xml>",
    ],
)
async def test_a_signed_body_that_is_no_push_is_refused(talk: Talk, session: aiohttp.ClientSession, push: str) -> None:
    query, body = talk.fake.request(push)
    status = await post(session, talk.url, query, body)
    assert status in {400, 413}
    assert talk.turns.taken == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=some.binary(max_size=300) | some.text(max_size=100).map(str.encode), sealed=some.booleans())
def test_random_bytes_are_refused(clock: FixedClock, body: bytes, sealed: bool) -> None:
    channel = WeChat(WeChatSettings("wx1", "t", AES_KEY, plain_allowed=True), StubTurns(), clock)
    now = str(int(clock.now().timestamp()))
    query = {"timestamp": now, "nonce": "n", "signature": sign("t", now, "n")}
    if sealed:
        inner = body.hex()
        body = f"<xml><Encrypt>{inner}</Encrypt></xml>".encode()
        query |= {"encrypt_type": "aes", "msg_signature": sign("t", now, "n", inner)}
    with pytest.raises(BadRequestError) as refused:
        channel.read(query, body)
    assert refused.value.status == 400


@settings(max_examples=100, deadline=None)
@given(
    some.dictionaries(some.sampled_from(["timestamp", "nonce", "signature", "encrypt_type"]), some.text(max_size=20))
)
def test_random_queries_are_refused(query: dict[str, str]) -> None:
    channel = WeChat(WeChatSettings("wx1", "t"), StubTurns(), FixedClock(datetime(2022, 11, 1, tzinfo=UTC)))
    with pytest.raises(BadRequestError) as refused:
        channel.read(query, b"<xml/>")
    assert refused.value.status == 403


@settings(max_examples=200, deadline=None)
@given(some.binary(max_size=200))
def test_random_envelopes_are_refused(sealed: bytes) -> None:
    with pytest.raises(EnvelopeError):
        Envelope(AES_KEY, "wx1").open(sealed.decode("latin-1"))


@given(some.binary(max_size=5000))
def test_an_envelope_opens_what_it_sealed(message: bytes) -> None:
    envelope = Envelope(AES_KEY, "wx1")
    assert envelope.open(envelope.seal(message)) == message


def test_an_envelope_for_another_account_is_refused() -> None:
    with pytest.raises(EnvelopeError):
        Envelope(AES_KEY, "wx1").open(Envelope(AES_KEY, "wx2").seal(b"<xml/>"))


def test_wechatpy_opens_what_we_seal() -> None:
    peer = WeChatCrypto("t", AES_KEY, "wx1")
    ours = Envelope(AES_KEY, "wx1")
    inner = ours.seal("<xml>暖冬</xml>".encode())
    body = f"<xml><Encrypt>{inner}</Encrypt></xml>"
    assert peer.decrypt_message(body, sign("t", "1", "n", inner), "1", "n") == "<xml>暖冬</xml>"


async def test_plain_messages_are_refused_when_the_account_encrypts(
    session: aiohttp.ClientSession, clock: FixedClock
) -> None:
    encrypting = WeChatSettings("wx1", "winter-token", AES_KEY)
    both = WeChatSettings("wx1", "winter-token", AES_KEY, plain_allowed=True)
    async with FakeWeChat(clock, Account(app_id="wx1")) as fake:
        query, body = fake.request(fake.text(PERSON, "申请"))
        for mode, status in ((encrypting, 403), (both, 200)):
            app = application(WeChat(mode, StubTurns(), clock).routes())
            async with TestServer(app, host="127.0.0.1") as server:
                assert await post(session, str(server.make_url("/channels/wechat")), query, body) == status


async def test_encrypted_messages_without_a_key_are_refused(session: aiohttp.ClientSession, clock: FixedClock) -> None:
    async with FakeWeChat(clock, Account(aes_key=AES_KEY)) as fake:
        query, body = fake.request(fake.text(PERSON, "申请"))
        app = application(WeChat(WeChatSettings("wx1", "winter-token"), StubTurns(), clock).routes())
        async with TestServer(app, host="127.0.0.1") as server:
            assert await post(session, str(server.make_url("/channels/wechat")), query, body) == 400


async def test_without_custom_messages_a_slow_turn_is_answered_on_the_next_try(clock: FixedClock) -> None:
    turns = StubTurns()
    channel = WeChat(WeChatSettings("wx1", "winter-token", window_seconds=0.05), turns, clock)
    turns.ready.clear()
    async with FakeWeChat(clock) as fake, TestServer(application(channel.routes()), host="127.0.0.1") as server:
        url = str(server.make_url("/channels/wechat"))
        push = fake.text(PERSON, "申请", message_id=8001)
        seen = await fake.deliver(url, push, seconds=0.1)
        assert (seen.statuses, seen.away) == ([0, 0, 0], True)
        turns.ready.set()
        seen = await fake.deliver(url, push)
    assert seen.texts == ["收到：申请"]
    assert len(turns.taken) in {1, 2}


def test_an_account_without_a_token_or_with_half_a_key_is_not_built(clock: FixedClock) -> None:
    with pytest.raises(ValueError, match="token"):
        WeChat(WeChatSettings("wx1", ""), StubTurns(), clock)
    with pytest.raises(ValueError, match="43"):
        WeChat(WeChatSettings("wx1", "t", "short"), StubTurns(), clock)
