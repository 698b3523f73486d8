"""The access token of an account, one for all who ask."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeGuard

from intake.sending import TemporaryError
from store.clock import Clock

_FORCE_APART = timedelta(seconds=30)
"""WeChat takes a forced refresh at most every 30 seconds (and 20 a day)."""

_MARGIN = timedelta(seconds=60)
"""A token is renewed this long before its end; WeChat gives the next one five minutes before."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the instant when it ends."""

    value: str
    ends_at: datetime


class TokenStore(Protocol):
    """Where the token is kept between calls and shared between processes."""

    async def get(self) -> Token | None:
        """The token kept last."""
        ...

    async def put(self, token: Token) -> None:
        """Keep ``token`` in place of the one before."""
        ...


class MemoryTokenStore:
    """Keeps the token in this process; with ``stable_token`` every process is given the same one anyway."""

    def __init__(self) -> None:
        self._token: Token | None = None

    async def get(self) -> Token | None:
        return self._token

    async def put(self, token: Token) -> None:
        self._token = token


class SharedToken:
    """Asks for a token when there is none, once for all who wait."""

    def __init__(self, store: TokenStore, fetch: Callable[[bool], Awaitable[Token]], clock: Clock) -> None:
        """``fetch(force)`` asks WeChat."""
        self._store = store
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._forced_at: datetime | None = None

    async def value(self, refused: str = "") -> str:
        """A token that is valid and is not ``refused``, the one that WeChat has just turned down.

        Raises:
            SendError: WeChat gives no token.
        """
        token = await self._store.get()
        if self._good(token, refused):
            return token.value
        async with self._lock:
            token = await self._store.get()
            if self._good(token, refused):
                return token.value
            token = await self._fetch(False)
            if token.value == refused:
                token = await self._force()
            await self._store.put(token)
            return token.value

    def _good(self, token: Token | None, refused: str) -> TypeGuard[Token]:
        return token is not None and token.value != refused and token.ends_at - _MARGIN > self._clock.now()

    async def _force(self) -> Token:
        now = self._clock.now()
        if self._forced_at is not None and now - self._forced_at < _FORCE_APART:
            raise TemporaryError("wechat:token")
        self._forced_at = now
        return await self._fetch(True)
