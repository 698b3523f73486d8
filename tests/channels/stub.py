"""A stand-in for the turns: answers at once or when told, and gives a repeated message its stored answer."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from aiohttp import web

from bot.channels.base import TurnsBusyError
from bot.inbound import Inbound
from bot.reply import Reply

Answer = Callable[[Inbound], Sequence[Reply]]


def echo(inbound: Inbound) -> Sequence[Reply]:
    """Say again what came."""
    return (Reply(f"收到：{inbound.input.text}"),)


class StubTurns:
    """``taken``: every message that came; ``ready``: cleared, turns wait; ``busy``: nothing can be stored."""

    def __init__(self, answer: Answer = echo) -> None:
        self.answer = answer
        self.taken: list[Inbound] = []
        self.ready = asyncio.Event()
        self.ready.set()
        self.busy = False
        self._stored: dict[tuple[str, str], Sequence[Reply]] = {}

    async def take(self, inbound: Inbound) -> Sequence[Reply]:
        """Answer, or give the stored answer."""
        self.taken.append(inbound)
        await self.ready.wait()
        if self.busy:
            raise TurnsBusyError
        key = (inbound.channel, inbound.message_id)
        if key not in self._stored:
            self._stored[key] = self.answer(inbound)
        return self._stored[key]


class Counter:
    """Counts the outcomes of a channel."""

    def __init__(self) -> None:
        self.outcomes: list[str] = []

    def __call__(self, channel: str, outcome: str) -> None:
        self.outcomes.append(outcome)


def application(routes: Iterable[web.RouteDef]) -> web.Application:
    """A web application of ``routes`` alone."""
    app = web.Application()
    app.add_routes(routes)
    return app
