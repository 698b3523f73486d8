"""What a person sent, the same for every channel."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of message came in."""

    TEXT = "text"
    CHOICE = "choice"
    """A tap on a button; ``text`` holds the choice's id (``question:code``)."""
    SCENE = "scene"
    """Arrived by a QR code or a deep link; ``text`` holds its scene (``v410324112201``), or nothing when the
    person only followed or started."""
    PHOTO = "photo"
    VOICE = "voice"
    LOCATION = "location"
    STICKER = "sticker"
    OTHER = "other"
    """A kind that the channel has and we do not understand."""
    SILENT = "silent"
    """A channel event with nobody waiting for an answer (unfollow, delivery report)."""


@dataclass(frozen=True, slots=True)
class Input:
    """A person's message without its channel."""

    kind: Kind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message as it arrived: ``message_id`` is the channel's own and is the same on a retry; ``address`` is the
    person's identifier on the channel (openid, chat id, web contact)."""

    channel: str
    message_id: str
    address: str
    input: Input
