"""A WeChat server with the documented limits: tokens, custom messages, QR codes, and the delivery of messages."""

import asyncio
import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import xmltodict
from aiohttp import web
from aiohttp.test_utils import TestServer
from wechatpy.crypto import WeChatCrypto

from store.clock import Clock
from tests.fakes.faults import Fault, Faults

TEXT_BYTES = 2048
TOKEN_SECONDS = 7200
MEDIA_DAYS = 3
ATTEMPTS = 3
ATTEMPT_SECONDS = 4.9
"""WeChat says five; aiohttp rounds longer timeouts up."""


@dataclass(frozen=True, slots=True)
class Account:
    """An official account as its operator set it up."""

    app_id: str = "wx0123456789abcdef"
    secret: str = "0123456789abcdef0123456789abcdef"
    token: str = "winter-token"
    aes_key: str = ""
    name: str = "gh_nuandong"


@dataclass(slots=True)
class Seen:
    """What a person saw after a message: the passive replies, and whether WeChat said that the account is away."""

    texts: list[str]
    away: bool
    statuses: list[int]


@dataclass(slots=True)
class Allowance:
    """Custom messages that a person's own message or event pays for: ``left`` until ``until``."""

    left: int
    until: datetime


class FakeWeChat:
    """Start with ``async with``; ``base`` is its address, ``sent`` the custom messages by person."""

    def __init__(self, clock: Clock, account: Account | None = None, *, token_calls: int = 2000) -> None:
        self.account = account or Account()
        self.clock = clock
        self.faults = Faults()
        self.sent: defaultdict[str, list[str]] = defaultdict(list)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self.followers: set[str] = set()
        self.scenes: dict[str, str] = {}
        self._files: dict[str, tuple[bytes, datetime]] = {}
        self._allowances: defaultdict[str, list[Allowance]] = defaultdict(list)
        self._tokens: dict[str, datetime] = {}
        self._token_calls = token_calls
        app = web.Application()
        app.add_routes(
            [
                web.post("/cgi-bin/stable_token", self._guarded("stable_token", self._stable_token, token=False)),
                web.get("/cgi-bin/token", self._guarded("token", self._plain_token, token=False)),
                web.post("/cgi-bin/message/custom/send", self._guarded("send", self._send)),
                web.post("/cgi-bin/qrcode/create", self._guarded("qrcode", self._qrcode)),
                web.get("/cgi-bin/media/get", self._guarded("media", self._media)),
            ]
        )
        self._server = TestServer(app, host="127.0.0.1")

    async def __aenter__(self) -> "FakeWeChat":
        await self._server.start_server()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.faults.stop()
        await self._session.close()
        await self._server.close()

    @property
    def base(self) -> str:
        """The address to use as ``WECHAT_API_BASE``."""
        return str(self._server.make_url("")).rstrip("/")

    def fail(self, endpoint: str, *codes: int) -> None:
        """The next calls of ``endpoint`` (``send``, ``stable_token`` …) answer with these error codes."""
        self.faults.queue(endpoint, *(Fault(error(code)) for code in codes))

    def expire_tokens(self) -> None:
        """All tokens given so far are no good any more."""
        self._tokens.clear()

    def allow(self, person: str, messages: int = 5, lasting: timedelta = timedelta(hours=48)) -> None:
        """The person did something that lets the account write to them."""
        self.followers.add(person)
        self._allowances[person].append(Allowance(messages, self.clock.now() + lasting))

    def file(self, content: bytes) -> str:
        """A file that a person sent; its media id, good for three days."""
        media_id = secrets.token_urlsafe(24)
        self._files[media_id] = (content, self.clock.now() + timedelta(days=MEDIA_DAYS))
        return media_id

    # ---- the API -----------------------------------------------------------------------------------------------

    def _guarded(self, endpoint: str, answer: Callable[..., dict[str, Any] | bytes], *, token: bool = True) -> Any:
        async def handle(request: web.Request) -> web.Response:
            self.calls[endpoint] += 1
            fault = await self.faults.meet(endpoint, request)
            if fault is not None:
                return fault
            if token and not self._valid(request.query.get("access_token", "")):
                return web.json_response(error(40001))
            body = await request.json() if request.method == "POST" else dict(request.query)
            answered = answer(body)
            return web.Response(body=answered) if isinstance(answered, bytes) else web.json_response(answered)

        return handle

    def _valid(self, token: str) -> bool:
        ends_at = self._tokens.get(token)
        return ends_at is not None and self.clock.now() < ends_at

    def _stable_token(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("appid") != self.account.app_id:
            return error(40013)
        if body.get("secret") != self.account.secret:
            return error(40125)
        if self.calls["stable_token"] > self._token_calls:
            return error(45009)
        now = self.clock.now()
        current = [(ends, value) for value, ends in self._tokens.items() if ends - timedelta(minutes=5) > now]
        if current and not body.get("force_refresh"):
            ends_at, value = max(current)
            return {"access_token": value, "expires_in": int((ends_at - now).total_seconds())}
        grace = now + timedelta(minutes=5)
        self._tokens = {old: min(ends_at, grace) for old, ends_at in self._tokens.items()}
        value = secrets.token_urlsafe(32)
        self._tokens[value] = now + timedelta(seconds=TOKEN_SECONDS)
        return {"access_token": value, "expires_in": TOKEN_SECONDS}

    def _plain_token(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._stable_token({**body, "force_refresh": True})

    def _send(self, body: Mapping[str, Any]) -> dict[str, Any]:
        person = body.get("touser", "")
        if person not in self.followers:
            return error(40003)
        if body.get("msgtype") != "text":
            return error(40008)
        text = body["text"]["content"]
        if len(text.encode()) > TEXT_BYTES:
            return error(45002)
        open_now = [one for one in self._allowances[person] if one.until > self.clock.now()]
        if not open_now:
            return error(45015)
        paying = next((one for one in open_now if one.left), None)
        if paying is None:
            return error(45047)
        paying.left -= 1
        self.sent[person].append(text)
        return error(0)

    def _qrcode(self, body: Mapping[str, Any]) -> dict[str, Any]:
        scene = body.get("action_info", {}).get("scene", {}).get("scene_str", "")
        if body.get("action_name") not in {"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"} or not 1 <= len(scene) <= 64:
            return error(40053)
        ticket = secrets.token_urlsafe(24)
        self.scenes[ticket] = scene
        return {"ticket": ticket, "expire_seconds": 2592000, "url": f"http://weixin.qq.com/q/{ticket}"}

    def _media(self, query: Mapping[str, Any]) -> dict[str, Any] | bytes:
        content, ends_at = self._files.get(query.get("media_id", ""), (b"", self.clock.now()))
        return content if self.clock.now() < ends_at else error(40007)

    # ---- the webhook -------------------------------------------------------------------------------------------

    def text(self, person: str, content: str, message_id: int | None = None) -> str:
        """The push of a text message."""
        return self.push(person, "text", Content=content, MsgId=str(message_id or secrets.randbits(63)))

    def event(self, person: str, event: str, key: str = "") -> str:
        """The push of an event."""
        return self.push(person, "event", Event=event, EventKey=key)

    def push(self, person: str, kind: str, **fields: str) -> str:
        """A push of ``kind`` from ``person``."""
        head = {
            "ToUserName": self.account.name,
            "FromUserName": person,
            "CreateTime": str(int(self.clock.now().timestamp())),
            "MsgType": kind,
        }
        return (
            "<xml>" + "".join(f"<{name}>{cdata(value)}</{name}>" for name, value in (head | fields).items()) + "</xml>"
        )

    def request(self, push: str) -> tuple[dict[str, str], bytes]:
        """Query and body of the signed request that carries ``push``, encrypted when the account has a key."""
        timestamp, nonce = str(int(self.clock.now().timestamp())), secrets.token_hex(5)
        query = {"signature": sign(self.account.token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
        if not self.account.aes_key:
            return query, push.encode()
        envelope = self._crypto().encrypt_message(push, nonce, timestamp)
        sealed = xmltodict.parse(envelope)["xml"]
        name, inner = cdata(self.account.name), cdata(sealed["Encrypt"])
        body = f"<xml><ToUserName>{name}</ToUserName><Encrypt>{inner}</Encrypt></xml>"
        return query | {"encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}, body.encode()

    def understand(self, body: bytes) -> str | None:
        """The text that WeChat shows for an answer of ours: nothing for ``success``.

        Raises:
            Exception: WeChat would say that the account is away.
        """
        if body in {b"", b"success"}:
            return None
        reply = xmltodict.parse(body)["xml"]
        if self.account.aes_key:
            opened = self._crypto().decrypt_message(body, reply["MsgSignature"], reply["TimeStamp"], reply["Nonce"])
            reply = xmltodict.parse(opened)["xml"]
        assert set(reply) == {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"}, "an element was added"
        assert reply["FromUserName"] == self.account.name
        assert len(reply["Content"].encode()) <= TEXT_BYTES, "WeChat drops a longer text"
        return str(reply["Content"])

    async def deliver(self, url: str, push: str, *, seconds: float = ATTEMPT_SECONDS) -> Seen:
        """Deliver ``push`` as WeChat does: up to three tries of five seconds each, the same message each time."""
        person = xmltodict.parse(push)["xml"]["FromUserName"]
        self.allow(person)
        seen = Seen([], False, [])
        for _attempt in range(ATTEMPTS):
            query, body = self.request(push)
            try:
                async with asyncio.timeout(seconds), self._session.post(url, params=query, data=body) as response:
                    answer = await response.read()
            except (TimeoutError, aiohttp.ClientError):
                seen.statuses.append(0)
                continue
            seen.statuses.append(response.status)
            if response.status == 200:
                text = self.understand(answer)
                seen.texts += [text] if text is not None else []
                return seen
        seen.away = True
        return seen

    def _crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self.account.token, self.account.aes_key, self.account.app_id)


def sign(*parts: str) -> str:
    """The documented signature."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def cdata(text: str) -> str:
    """``text`` as WeChat quotes it."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def error(code: int) -> dict[str, Any]:
    """WeChat's form of an error (or of success, 0)."""
    return {"errcode": code, "errmsg": "ok" if code == 0 else f"fault rid: {secrets.token_hex(4)}"}
