"""Choosing how policy questions are searched, for as long as the house stands."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.policy.search import Search, search
from bot.policy.semantic import Encoder, Semantic

_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_search(encoder: Encoder | None) -> AsyncIterator[Search]:
    """By terms without an encoder; with one by meaning too, as soon as it has read the entries, in the background."""
    if encoder is None:
        yield search
        return
    semantic = Semantic(encoder)
    preparing = asyncio.create_task(_prepare(semantic))
    try:
        yield semantic
    finally:
        preparing.cancel()
        with suppress(asyncio.CancelledError):
            await preparing
        await asyncio.to_thread(semantic.close)


async def _prepare(semantic: Semantic) -> None:
    try:
        await semantic.prepare()
    except Exception:  # whatever an encoder may raise: people's questions are answered without it
        _log.exception("policy questions are searched by terms alone: the encoder failed")
