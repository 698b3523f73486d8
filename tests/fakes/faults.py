"""Faults that a test orders from a fake server, one for each call."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

Transport = Literal["html502", "text200", "hang", "reset"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call: an answer in the service's own form (``body``, ``status``), or a transport fault."""

    body: dict[str, Any] | None = None
    status: int = 200
    transport: Transport | None = None


class Faults:
    """The faults still to come, by endpoint."""

    def __init__(self) -> None:
        self._queued: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._over = asyncio.Event()

    def queue(self, endpoint: str, *faults: Fault) -> None:
        """The next calls of ``endpoint`` meet ``faults``, in order."""
        self._queued[endpoint].extend(faults)

    def stop(self) -> None:
        """Let go of the calls that hang."""
        self._over.set()

    async def meet(self, endpoint: str, request: web.Request) -> web.Response | None:
        """The faulty answer of this call, or nothing when none is queued."""
        if not self._queued[endpoint]:
            return None
        fault = self._queued[endpoint].popleft()
        match fault.transport:
            case "html502":
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case "text200":
                return web.Response(text="<html>not JSON</html>")
            case "hang":
                await self._over.wait()
            case "reset" if request.transport is not None:
                request.transport.abort()
        return web.json_response(fault.body or {}, status=fault.status)
