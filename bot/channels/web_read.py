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
_FIELDS = {"text": (Kind.TEXT, 12_000), "choice": (Kind.CHOICE, 200), "scene": (Kind.SCENE, 64)}
"""What may be in a message: its kind, and its greatest length in characters."""


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
    """The message in ``{"id", "text" | "choice" | "scene"}``. Its id is bound to the contact, so that nobody gets
    another's reply by guessing an id.

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
    kind, longest = _FIELDS[given[0]]
    text = message[given[0]]
    if not isinstance(text, str) or len(text) > longest or (kind is Kind.SCENE and not _SCENE.fullmatch(text)):
        raise BadRequestError(400, "malformed")
    message_id = hashlib.sha256(f"{address}:{client_id}".encode()).hexdigest()[:40]
    return Inbound(NAME, message_id, address, Input(kind, text))


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
