"""What the chat page's messages mean, and who writes."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

import orjson

from bot.channels.base import BadRequestError
from bot.inbound import Inbound, Input, Kind

NAME = "web"
"""The channel's name."""

_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)
_ID = re.compile(r"[0-9A-Za-z-]{8,64}", re.ASCII)
_SCENE = re.compile(r"[0-9A-Za-z_-]{0,64}", re.ASCII)
_ATTACHMENT = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_DEGREES = re.compile(r"-?[0-9]{1,2}(\.[0-9]{1,9})?,-?[0-9]{1,3}(\.[0-9]{1,9})?", re.ASCII)
_ANYTHING = re.compile(r".*", re.DOTALL)
_FIELDS = {
    "text": (Kind.TEXT, 12_000, _ANYTHING),
    "choice": (Kind.CHOICE, 200, _ANYTHING),
    "scene": (Kind.SCENE, 64, _SCENE),
    "photo": (Kind.PHOTO, 19, _ATTACHMENT),
    "voice": (Kind.VOICE, 19, _ATTACHMENT),
    "location": (Kind.LOCATION, 40, _DEGREES),
}
"""What may be in a message: its kind, its greatest length in characters, and its form."""
_UPLOADED = (Kind.PHOTO, Kind.VOICE)
_LARGEST_ID = 2**63 - 1


def new_token() -> str:
    """The secret of a new contact: 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def is_token(value: str) -> bool:
    """Whether a cookie holds one of our secrets."""
    return _TOKEN.fullmatch(value) is not None


def address_of(token: str) -> str:
    """The contact's address. Hashed, so that the stored address does not open the conversation."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def read_message(body: bytes, address: str) -> Inbound:
    """The message in ``{"id", "text" | "choice" | "scene" | "photo" | "voice" | "location"}``. A photo or a voice is
    the id of what was uploaded before; whether it is this contact's is for the turn to see. The message's id is
    bound to the contact, so that nobody gets another's reply by guessing an id.

    Raises:
        BadRequestError: 400 ``malformed``.
    """
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequestError(400, "malformed") from error
    if not isinstance(message, dict):
        raise BadRequestError(400, "malformed")
    given = [name for name in _FIELDS if name in message]
    client_id = message.get("id")
    if len(given) != 1 or not isinstance(client_id, str) or not _ID.fullmatch(client_id):
        raise BadRequestError(400, "malformed")
    kind, longest, form = _FIELDS[given[0]]
    text = message[given[0]]
    if not isinstance(text, str) or len(text) > longest or not form.fullmatch(text):
        raise BadRequestError(400, "malformed")
    if kind in _UPLOADED and int(text) > _LARGEST_ID:
        raise BadRequestError(400, "malformed")
    message_id = hashlib.sha256(f"{address}:{client_id}".encode()).hexdigest()[:40]
    meaning = Input(kind, media=text) if kind in _UPLOADED else Input(kind, text)
    return Inbound(NAME, message_id, address, meaning)


def read_after(value: str) -> int:
    """The id of the last notification that the page has.

    Raises:
        BadRequestError: 400 ``malformed``.
    """
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise BadRequestError(400, "malformed")
    return int(value)


def check_site(headers: Mapping[str, str], host: str, public_url: str) -> None:
    """Refuse what another site's page sends with our cookie.

    Raises:
        BadRequestError: 403 ``cross_site``.
    """
    origin = headers.get("Origin")
    ours = {host, urlsplit(public_url).netloc}
    foreign = origin is not None and (origin == "null" or urlsplit(origin).netloc not in ours)
    if foreign or headers.get("Sec-Fetch-Site") == "cross-site":
        raise BadRequestError(403, "cross_site")
