"""WeChat official account: the webhook in plain and AES mode, the passive reply, the custom message for the rest."""

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.channels.base import BadRequestError, Capabilities, Turns, TurnsBusyError, numbered
from bot.channels.counted import Count, uncounted
from bot.channels.limits import read_body
from bot.channels.split import split, utf8_bytes
from bot.channels.wechat_crypto import Envelope, EnvelopeError, signature, signed
from bot.channels.wechat_pending import PendingTurn, PendingTurns
from bot.channels.wechat_read import NAME, Push, read_push
from bot.channels.wechat_xml import XmlError, read_fields, sealed_reply, text_reply
from bot.inbound import Kind
from bot.reply import Reply
from intake.sending import Sender, SendError
from locales import texts
from store.clock import Clock

CAPABILITIES = Capabilities(text_bytes=2000, buttons=0, replies=1)
"""WeChat's limit is about 2,048 bytes; one passive reply answers one message."""

_BODY_LIMIT = 64 * 1024
_REST_DELAY = 0.5
"""Seconds before the rest of a long answer leaves, so that it arrives below the passive reply."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WeChatSettings:
    """An account. ``plain_allowed``: take plain messages although there is an AES key (兼容模式); ``fresh_seconds``:
    how far a timestamp may be from our clock; ``window_seconds``: how long WeChat's five seconds may be used."""

    app_id: str
    token: str
    aes_key: str = ""
    plain_allowed: bool = False
    fresh_seconds: int = 300
    window_seconds: float = 4.0


class WeChat:
    """The channel. ``sender`` sends custom messages; without it a slow turn is answered on WeChat's next try."""

    def __init__(
        self,
        settings: WeChatSettings,
        turns: Turns,
        clock: Clock,
        *,
        sender: Sender | None = None,
        count: Count = uncounted,
    ) -> None:
        """
        Raises:
            ValueError: no token (any signature would pass), or an AES key of the wrong form.
        """
        if not settings.token:
            raise ValueError("WeChat needs a token: with an empty one every signature passes")
        self._settings = settings
        self._turns = turns
        self._clock = clock
        self._sender = sender
        self._count = count
        self._envelope = Envelope(settings.aes_key, settings.app_id) if settings.aes_key else None
        self._plain = settings.plain_allowed or not settings.aes_key
        self._pending = PendingTurns(settings.window_seconds if sender else None)

    def routes(self) -> list[web.RouteDef]:
        """The webhook: GET is WeChat's check of the address, POST a message."""
        path = "/channels/wechat"
        return [web.get(path, self._verify, allow_head=False), web.post(path, self._receive)]

    async def close(self) -> None:
        """Send what is still to be sent."""
        await self._pending.close()

    async def _verify(self, request: web.Request) -> web.Response:
        try:
            return web.Response(text=self.echo(request.query))
        except BadRequestError as error:
            return self._refused(error)

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            push, sealed = self.read(request.query, await read_body(request, _BODY_LIMIT))
            if push.inbound.input.kind is Kind.SILENT:
                self._count(NAME, "silent")
                return web.Response(text="success")
            answer = await self._answer(push)
        except BadRequestError as error:
            return self._refused(error)
        except TurnsBusyError:
            self._count(NAME, "busy")
            return web.Response(status=503)
        if not answer:
            return web.Response(text="success")
        return web.Response(body=self.write(answer, push, sealed).encode(), content_type="application/xml")

    def _refused(self, error: BadRequestError) -> web.Response:
        self._count(NAME, error.reason)
        return web.Response(status=error.status)

    def echo(self, query: Mapping[str, str]) -> str:
        """The answer to WeChat's check of the address.

        Raises:
            BadRequestError: not from WeChat, or not now.
        """
        echo = query.get("echostr", "")
        if (given := query.get("msg_signature")) and self._envelope:
            self._check(given, query.get("timestamp", ""), query.get("nonce", ""), echo)
            return self._open(echo).decode(errors="replace")
        self._check(query.get("signature", ""), query.get("timestamp", ""), query.get("nonce", ""))
        return echo

    def read(self, query: Mapping[str, str], body: bytes) -> tuple[Push, bool]:
        """The push in a signed request, and whether it came encrypted.

        Raises:
            BadRequestError: 403 for signature and age, 400 for everything else.
        """
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        try:
            if query.get("encrypt_type") != "aes":
                if not self._plain:
                    raise BadRequestError(403, "plain_refused")
                self._check(query.get("signature", ""), timestamp, nonce)
                return read_push(read_fields(body)), False
            sealed = read_fields(body).get("Encrypt", "")
            self._check(query.get("msg_signature", ""), timestamp, nonce, sealed)
            return read_push(read_fields(self._open(sealed))), True
        except XmlError as error:
            raise BadRequestError(400, "malformed") from error

    def write(self, text: str, push: Push, sealed: bool) -> str:
        """The passive reply to ``push``, encrypted when the push was."""
        seconds = int(self._clock.now().timestamp())
        reply = text_reply(push.inbound.address, push.account, seconds, text)
        if not sealed or self._envelope is None:
            return reply
        inner, nonce = self._envelope.seal(reply.encode()), secrets.token_hex(8)
        mark = signature(self._settings.token, str(seconds), nonce, inner)
        return sealed_reply(inner, mark, str(seconds), nonce)

    def _check(self, given: str, timestamp: str, nonce: str, *sealed: str) -> None:
        """Signature, then age."""
        if not signed(given, self._settings.token, timestamp, nonce, *sealed):
            raise BadRequestError(403, "signature")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise BadRequestError(400, "malformed")
        if abs(self._clock.now().timestamp() - int(timestamp)) > self._settings.fresh_seconds:
            raise BadRequestError(403, "stale")

    def _open(self, sealed: str) -> bytes:
        if self._envelope is None:
            raise BadRequestError(400, "no_aes_key")
        try:
            return self._envelope.open(sealed)
        except EnvelopeError as error:
            raise BadRequestError(400, "malformed") from error

    async def _answer(self, push: Push) -> str:
        """The passive reply's text; nothing when the answer leaves otherwise."""
        inbound = push.inbound
        turn = await self._pending.wait(inbound.message_id, lambda: self._take(push))
        if turn.late:
            return ""
        if not turn.task.done():
            turn.late = True
            self._count(NAME, "late")
            self._pending.remember(inbound.message_id)
            self._pending.after(self._send_late(turn, inbound.address))
            return ""
        try:
            first, *rest = split(join(turn.task.result()), CAPABILITIES.text_bytes, utf8_bytes) or [""]
        except BaseException:
            self._pending.forget(inbound.message_id)
            raise
        if not rest:
            self._pending.forget(inbound.message_id)
            self._count(NAME, "answered")
        elif not turn.rest_sent:
            turn.rest_sent = True
            self._count(NAME, "long" if self._sender else "cut")
            self._pending.remember(inbound.message_id)
            self._pending.after(self._send(inbound.address, "\n".join(rest), _REST_DELAY))
        return first

    async def _take(self, push: Push) -> Sequence[Reply]:
        return await self._turns.take(push.inbound)

    async def _send_late(self, turn: PendingTurn, address: str) -> None:
        """The answer of a turn that took too long; WeChat asks no more, so a failed one has to be said too."""
        try:
            text = join(await turn.task)
        except Exception as error:
            _log.warning("a late turn failed: %s", type(error).__name__)
            text = texts()("channel.busy")
        await self._send(address, text)

    async def _send(self, address: str, text: str, delay: float = 0) -> None:
        if self._sender is None or not text:
            return
        await asyncio.sleep(delay)
        try:
            await self._sender.send(address, text)
        except SendError as error:
            self._count(NAME, error.outcome)
            _log.warning("a custom message did not go out: %s", error.code)


def join(replies: Sequence[Reply]) -> str:
    """The replies of one turn as one text."""
    return "\n\n".join(numbered(reply) for reply in replies)
