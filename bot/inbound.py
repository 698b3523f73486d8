"""What a person sent, the same for every channel."""

from dataclasses import dataclass
from enum import StrEnum

IMPORTS = "odk"
"""The channel of forms that were collected elsewhere and are imported."""
LABEL_LENGTH = 200
"""Characters of a location's address at the most."""


class Kind(StrEnum):
    """What kind of message came in."""

    TEXT = "text"
    CHOICE = "choice"
    """A tap on a button; ``text`` holds the choice's id (``question:code``)."""
    SCENE = "scene"
    """Arrived by a QR code or a deep link; ``text`` holds its scene (``v410324112201``), or nothing when the
    person only followed or started."""
    FORM = "form"
    """A form sent whole; ``text`` is a JSON document: see :mod:`bot.filling`."""
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
    """A person's message without its channel. ``text`` of a photo is its caption, of a voice what the channel
    recognised (often nothing), of a location ``latitude,longitude`` in degrees of WGS-84; ``label`` is the address that
    the channel gives with a location. ``media`` is the channel's reference to a photo or a voice, on the web an
    attachment's id; empty when there is none to be fetched."""

    kind: Kind
    text: str = ""
    media: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message as it arrived: ``message_id`` is the channel's own and is the same on a retry; ``address`` is the
    person's identifier on the channel (openid, chat id, web contact)."""

    channel: str
    message_id: str
    address: str
    input: Input
