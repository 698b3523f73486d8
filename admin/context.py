"""What the console is given by ``service``, and what it keeps for itself while it runs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.imports.kinds import Kind
from intake.imports.read import ReadBook
from intake.reads.form1 import Form1
from intake.staff import Attempts
from intake.unit import Units
from locales import Texts
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


SceneLink = Callable[[str], Awaitable[str]]
"""Asks a channel for the link that opens the chat with a scene; raises ``SendError`` where it gives none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a flow as the console draws it: what the bot says, what may be chosen, an ``example`` of an
    answer, and in words the condition on which it is asked (empty for everyone). ``name`` is what people call it."""

    key: str
    name: str
    text: str
    choices: tuple[str, ...]
    example: str
    condition: str


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """A flow as a talk and a diagram; ``carried`` are the questions whose answers stay for the next in a row."""

    name: str
    title: str
    version: int
    steps: tuple[Step, ...]
    ends: str


@dataclass(frozen=True, slots=True)
class Share:
    """What happened at one question: how often it was reached, answered, not understood, gone back from, left."""

    question: str
    reached: int = 0
    answered: int = 0
    invalid: int = 0
    back: int = 0
    left: int = 0


class FlowBook(Protocol):
    """What the talks tell the console of themselves."""

    def pictures(self, t: Texts) -> tuple[FlowPicture, ...]:
        """Every flow, in the order of the menus."""
        ...

    async def funnel(self, db: AsyncSession, flow: str, since: date, channel: str, language: str) -> tuple[Share, ...]:
        """The counts of a flow's questions since a day, on one channel or language, or on all where empty."""
        ...


class UnprintableError(ValueError):
    """The font lacks ``characters``, so that they would be printed as empty boxes."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(f"{len(characters)} characters cannot be printed")
        self.characters = characters


class PaperBook(Protocol):
    """Draws form 1 as ``docx`` or ``pdf``."""

    async def blank(self, village: str, link: VillageLink, kind: str) -> bytes:
        """The blank form of a village, with the code that opens ``link``.

        Raises:
            UnprintableError: a character cannot be printed.
        """
        ...

    async def filled(self, form: Form1, kind: str) -> bytes:
        """The form of a case.

        Raises:
            UnprintableError: a character cannot be printed.
        """
        ...


class ListBook(Protocol):
    """Reads lists from workbooks, and writes those that are handed out."""

    def version(self, kind: Kind) -> int:
        """The version of the form that reads a kind of list."""
        ...

    async def template(self, official: Official, kind: Kind) -> bytes:
        """The empty list."""
        ...

    async def read(self, official: Official, kind: Kind, body: bytes, hit: Callable[[str], bool]) -> ReadBook:
        """A workbook as the official sends it; ``hit`` says of a village whether it was hit this season (L1).

        Raises:
            BookError: nothing in it can be used.
        """
        ...

    async def refused(self, official: Official, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """Rows that were refused, by what is kept of them, each with its reason."""
        ...

    async def filled(self, official: Official, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """The empty list of applications, filled in with what last year's list tells of each household."""
        ...


@dataclass(frozen=True, slots=True)
class AdminContext:
    """Everything the console needs from outside. ``public_url`` is where people reach us, ``https://…``; ``demo`` is
    None outside a demo; ``wechat_link`` asks WeChat for the link of a village by its code (or raises ``SendError``),
    None where WeChat is off; ``scene_links`` are the channels that give links for other scenes; ``papers`` draws the
    printed forms; ``lists`` reads workbooks."""

    units: Units
    clock: Clock
    keyring: Keyring
    public_url: str
    demo: DemoControls | None = None
    wechat_link: Callable[[str], Awaitable[VillageLink]] | None = None
    flows: FlowBook | None = None
    attempts: Attempts = field(default_factory=Attempts)
    scene_links: Mapping[str, SceneLink] = field(default_factory=dict)
    papers: PaperBook | None = None
    lists: ListBook | None = None

    @property
    def is_https(self) -> bool:
        """Whether cookies may be kept to encrypted connections."""
        return self.public_url.startswith("https://")

    def web_link(self, village: str) -> VillageLink:
        """The chat on the web, opened at a village."""
        return VillageLink(f"{self.public_url}/chat?v={village}")

    def scene_link(self, scene: str) -> str:
        """The chat on the web, opened with a scene."""
        return f"{self.public_url}/chat?v={scene}"
