"""What the console is given by ``service``, and what it keeps for itself while it runs."""

from dataclasses import dataclass, field
from typing import Protocol

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
class AdminContext:
    """Everything the console needs from outside. ``public_url`` is where people reach us, ``https://…``; ``demo`` is
    None outside a demo."""

    units: Units
    clock: Clock
    keyring: Keyring
    public_url: str
    demo: DemoControls | None = None
    attempts: Attempts = field(default_factory=Attempts)

    @property
    def is_https(self) -> bool:
        """Whether cookies may be kept to encrypted connections."""
        return self.public_url.startswith("https://")
