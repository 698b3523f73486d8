"""What the console is given by ``service``, and what it keeps for itself while it runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from intake.staff import Attempts
from intake.unit import Units
from store.cipher import Keyring
from store.clock import Clock


class DemoControls(Protocol):
    """Moves the demo's clock."""

    async def forward(self, days: int) -> None:
        """Move on by whole days, and do what became due (notices close)."""
        ...


@dataclass(frozen=True, slots=True)
class VillageLink:
    """What a village's QR code holds; ``until`` is when it stops working, None where it never does."""

    url: str
    until: datetime | None = None

    @property
    def is_local(self) -> bool:
        """Whether only this machine itself can open it, no telephone."""
        host = urlsplit(self.url).hostname or ""
        try:
            address = ip_address(host)
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")
        return address.is_loopback or address.is_unspecified


@dataclass(frozen=True, slots=True)
class AdminContext:
    """Everything the console needs from outside. ``public_url`` is where people reach us, ``https://…``; ``demo`` is
    None outside a demo; ``wechat_link`` asks WeChat for the link of a village by its code (or raises ``SendError``),
    None where WeChat is off."""

    units: Units
    clock: Clock
    keyring: Keyring
    public_url: str
    demo: DemoControls | None = None
    wechat_link: Callable[[str], Awaitable[VillageLink]] | None = None
    attempts: Attempts = field(default_factory=Attempts)

    @property
    def is_https(self) -> bool:
        """Whether cookies may be kept to encrypted connections."""
        return self.public_url.startswith("https://")

    def web_link(self, village: str) -> VillageLink:
        """The chat on the web, opened at a village."""
        return VillageLink(f"{self.public_url}/chat?v={village}")
