"""What the faces are handed by their host."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.base import Turns
from bot.channels.counted import Count, uncounted
from bot.channels.web_media import Uploads
from bot.world import World
from store.clock import Clock
from store.database import Database

FORMS_AT_ONCE = 4
"""Forms with photos that are read at once in one process: each may hold forty megabytes."""


@dataclass(frozen=True, slots=True)
class FaceContext:
    """``public_url`` is where people reach us; ``world`` gives the present world; ``count`` counts outcomes;
    ``reading`` lets so many forms with photos in."""

    database: Database
    clock: Clock
    world: Callable[[], World]
    turns: Turns
    uploads: Uploads
    public_url: str
    count: Count = uncounted
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(FORMS_AT_ONCE))

    @property
    def secure(self) -> bool:
        """Whether cookies are for HTTPS alone."""
        return self.public_url.startswith("https://")
