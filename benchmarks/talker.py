"""One kept connection that speaks for one person after another: the next message only after the reply."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast

from bot.channels.wechat_crypto import Envelope, EnvelopeError

_ENCRYPTED = re.compile(rb"<Encrypt>(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)")
_CONTENT = re.compile(rb"<Content>(.*?)</Content>", re.DOTALL)
_LENGTH = b"Content-Length: "
_OPENED_EVERY = 50
"""Of encrypted replies one in so many is opened; the others are looked at from outside."""


@dataclass(slots=True)
class Walk:
    """A person's way through the form: their requests, and how many are acknowledged."""

    number: int
    requests: Sequence[bytes]
    step: int = 0


@dataclass(slots=True)
class Tally:
    """What came of the messages. ``acknowledged`` counts the steps of each person that were answered rightly."""

    latencies: list[float] = field(default_factory=list)
    messages: int = 0
    repeated: int = 0
    faults: int = 0
    first_fault: str = ""
    lost_connections: int = 0
    acknowledged: dict[int, int] = field(default_factory=dict)


class Script:
    """What all connections share: who speaks next, what must come back, and when to stop."""

    def __init__(
        self, walks: Iterator[Walk], expected: Sequence[bytes], envelope: Envelope | None, repeat_every: int
    ) -> None:
        self.walks = walks
        self.expected = expected
        self.repeat_every = repeat_every
        self.tally = Tally()
        self.measuring = True
        self.stopping = False
        self.talking = 0
        self.silent = asyncio.Event()
        self._envelope = envelope

    def fault(self, data: bytes, step: int) -> str:
        """What is wrong with an answer to ``step``; nothing when it is right."""
        if not data.startswith(b"HTTP/1.1 200"):
            return data[:60].decode(errors="replace")
        if self._envelope and self.tally.messages % _OPENED_EVERY:
            return "" if _ENCRYPTED.search(data) else "not encrypted"
        found = self.content(data)
        return "" if self.expected[step] in found else f"step {step + 1}: {found[:400].decode(errors='replace')}"

    def content(self, data: bytes) -> bytes:
        """The text of a reply, opened in AES mode."""
        if self._envelope:
            sealed = _ENCRYPTED.search(data)
            try:
                data = self._envelope.open(sealed[1].decode()) if sealed else b""
            except EnvelopeError:
                return b""
        found = _CONTENT.search(data)
        return found[1] if found else b""

    def left(self) -> None:
        """One connection has nothing more to say."""
        self.talking -= 1
        if not self.talking:
            self.silent.set()


class Talker(asyncio.Protocol):
    """One connection."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._transport: asyncio.WriteTransport
        self._walk: Walk | None = None
        self._got = b""
        self._sent_at = 0.0
        self._again: bytes | None = None
        """The first answer to a message that was sent a second time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with the first person."""
        self._transport = cast(asyncio.WriteTransport, transport)
        self._script.talking += 1
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server is gone, or we have finished."""
        if self._walk is not None:
            self._script.tally.lost_connections += 1
            self._script.left()

    def data_received(self, data: bytes) -> None:
        """Collect one whole response."""
        if self._got:
            data = self._got + data
        head = data.find(b"\r\n\r\n")
        mark = data.find(_LENGTH)
        if head < 0 or len(data) < head + 4 + int(data[mark + len(_LENGTH) : data.index(b"\r", mark)]):
            self._got = data
            return
        self._got = b""
        self._answered(data)

    def _answered(self, data: bytes) -> None:
        script, walk = self._script, self._walk
        assert walk is not None
        tally = script.tally
        if self._again is not None:
            tally.repeated += 1
            if script.content(data) != script.content(self._again):
                self._failed(f"another answer to the same message, step {walk.step}")
            self._again = None
        elif fault := script.fault(data, walk.step):
            self._failed(fault)
            walk.step = len(walk.requests)  # no use in going on with a person who stands elsewhere
        else:
            if script.measuring:
                tally.latencies.append(perf_counter() - self._sent_at)
            tally.messages += 1
            walk.step += 1
            tally.acknowledged[walk.number] = walk.step
            if script.repeat_every and tally.messages % script.repeat_every == 0 and not script.stopping:
                self._again = data
                self._transport.write(walk.requests[walk.step - 1])
                return
        self._next()

    def _failed(self, fault: str) -> None:
        tally = self._script.tally
        tally.faults += 1
        tally.first_fault = tally.first_fault or fault

    def _next(self) -> None:
        script = self._script
        if self._walk is None or self._walk.step >= len(self._walk.requests):
            self._walk = next(script.walks, None)
            if self._walk is not None:
                script.tally.acknowledged.setdefault(self._walk.number, self._walk.step)
        if self._walk is None or script.stopping:
            self._walk = None
            script.left()
            self._transport.close()
            return
        self._sent_at = perf_counter()
        self._transport.write(self._walk.requests[self._walk.step])
