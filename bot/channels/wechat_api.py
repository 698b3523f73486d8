"""WeChat's server API: access token, custom messages, village QR codes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import orjson

from bot.channels.base import numbered
from bot.channels.split import split, utf8_bytes
from bot.channels.wechat_errors import TOKEN_ERRORS, failure
from bot.channels.wechat_token import MemoryTokenStore, SharedToken, Token, TokenStore
from bot.reply import Choice, Reply
from intake.sending import MisconfiguredError, PausedError, TemporaryError
from store.clock import Clock

API_BASE = "https://api.weixin.qq.com"
_TEXT_BYTES = 2000
_TIMEOUT = aiohttp.ClientTimeout(total=4.9)
"""aiohttp rounds timeouts above five seconds up to whole seconds."""

_FILE_TIMEOUT = aiohttp.ClientTimeout(total=30, sock_read=10)

_Body = Mapping[str, Any]


class WeChatApi:
    """The calls of one account. A sender (see :class:`intake.sending.Sender`)."""

    def __init__(
        self,
        app_id: str,
        secret: str,
        session: aiohttp.ClientSession,
        clock: Clock,
        *,
        base: str = API_BASE,
        tokens: TokenStore | None = None,
    ) -> None:
        self._app_id = app_id
        self._secret = secret
        self._session = session
        self._clock = clock
        self._base = base.rstrip("/")
        self._token = SharedToken(tokens or MemoryTokenStore(), self._fetch_token, clock)
        self._paused: dict[str, datetime] = {}

    async def send(self, address: str, text: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Send a custom text message, in parts of at most 2,000 bytes. Each part takes one of the five that a
        person's message pays for.

        Raises:
            SendError: see :func:`bot.channels.wechat_errors.failure`.
        """
        whole = numbered(Reply(text, tuple(Choice(*choice) for choice in choices)))
        for part in split(whole, _TEXT_BYTES, utf8_bytes):
            message = {"touser": address, "msgtype": "text", "text": {"content": part}}
            await self.call("/cgi-bin/message/custom/send", message)

    async def create_village_qr(self, scene: str, days: int = 30) -> str:
        """The address that a QR code for ``scene`` has to hold (1–64 characters, at most 30 days).

        Raises:
            SendError: WeChat gave none.
        """
        body = {
            "action_name": "QR_STR_SCENE",
            "expire_seconds": days * 86400,
            "action_info": {"scene": {"scene_str": scene}},
        }
        answer = await self.call("/cgi-bin/qrcode/create", body)
        if not isinstance(url := answer.get("url"), str):
            raise TemporaryError("wechat:answer")
        return url

    async def call(self, path: str, body: _Body) -> dict[str, Any]:
        """Post to an endpoint with the account's token; a refused token is renewed once.

        Raises:
            SendError: the endpoint's error, or no answer that can be read.
        """
        self._check_pause(path)
        token = await self._token.value()
        answer = await self._post(path, body, token)
        if answer.get("errcode") in TOKEN_ERRORS:
            answer = await self._post(path, body, await self._token.value(refused=token))
        self._check(path, answer)
        return answer

    async def download(self, path: str, query: Mapping[str, str], most: int) -> bytes:
        """Get a file of at most ``most`` bytes from an endpoint, with the account's token as in :meth:`call`. WeChat
        tells its errors as JSON with the status 200.

        Raises:
            SendError: the endpoint's error, ``wechat:too_large`` (misconfigured), or no file.
        """
        self._check_pause(path)
        token = await self._token.value()
        raw = await self._get(path, {**query, "access_token": token}, most)
        if _told(raw).get("errcode") in TOKEN_ERRORS:
            token = await self._token.value(refused=token)
            raw = await self._get(path, {**query, "access_token": token}, most)
        self._check(path, _told(raw))
        return raw

    def _check_pause(self, path: str) -> None:
        until = self._paused.get(path)
        if until is not None and (wait := (until - self._clock.now()).total_seconds()) > 0:
            raise PausedError("wechat:45009", wait)

    def _check(self, path: str, answer: Mapping[str, Any]) -> None:
        code = _errcode(answer)
        if not code:
            return
        if code in TOKEN_ERRORS:
            raise MisconfiguredError(f"wechat:{code}")
        error = failure(code, self._clock.now())
        if isinstance(error, PausedError):
            self._paused[path] = self._clock.now() + timedelta(seconds=error.seconds)
        raise error

    async def _fetch_token(self, force: bool) -> Token:
        body = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
            "force_refresh": force,
        }
        asked_at = self._clock.now()
        answer = await self._post("/cgi-bin/stable_token", body)
        if code := _errcode(answer):
            raise failure(code, asked_at) if code not in TOKEN_ERRORS else MisconfiguredError(f"wechat:{code}")
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            raise TemporaryError("wechat:answer")
        return Token(value, asked_at + timedelta(seconds=seconds))

    async def _post(self, path: str, body: _Body, token: str = "") -> dict[str, Any]:
        query = {"access_token": token} if token else {}
        try:
            async with self._session.post(
                self._base + path, params=query, data=orjson.dumps(body), timeout=_TIMEOUT
            ) as response:
                raw = await response.read()
                if response.status != 200:
                    raise TemporaryError(f"wechat:http{response.status}")
        # "from None": the error's text holds the address with the token.
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise TemporaryError("wechat:network") from None
        try:
            answer = orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise TemporaryError("wechat:answer") from None
        if not isinstance(answer, dict):
            raise TemporaryError("wechat:answer")
        return answer

    async def _get(self, path: str, query: Mapping[str, str], most: int) -> bytes:
        try:
            async with self._session.get(
                self._base + path, params=query, timeout=_FILE_TIMEOUT, allow_redirects=False
            ) as response:
                if response.status != 200:
                    raise TemporaryError(f"wechat:http{response.status}")
                raw = bytearray()
                async for chunk in response.content.iter_chunked(65_536):
                    raw += chunk
                    if len(raw) > most:
                        raise MisconfiguredError("wechat:too_large")
                return bytes(raw)
        # "from None": the error's text holds the address with the token.
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise TemporaryError("wechat:network") from None


def _told(raw: bytes) -> Mapping[str, Any]:
    """What a file's bytes say when they are no file but a JSON document; nothing for a file."""
    if not raw.startswith(b"{"):
        return {}
    try:
        answer = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _errcode(answer: Mapping[str, Any]) -> int:
    """The error code of an answer, 0 when all is well."""
    code = answer.get("errcode", 0)
    return code if isinstance(code, int) else -1
