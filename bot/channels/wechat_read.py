"""What a WeChat push means."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.base import BadRequestError
from bot.channels.gcj02 import to_wgs84
from bot.inbound import LABEL_LENGTH, Inbound, Input, Kind

NAME = "wechat"
"""The channel's name."""

_UNSUPPORTED = "【收到不支持的消息类型，暂无法显示】"
"""The text that WeChat puts in place of a custom sticker."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9_@.-]{1,128}", re.ASCII)
"""openids, account names and message ids. They go back in the reply, so nothing else passes."""

_MEDIA = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)

_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,20})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Push:
    """A push: what came in, and ``account``, the name that the reply has to carry as its sender."""

    inbound: Inbound
    account: str


def read_push(fields: Mapping[str, str]) -> Push:
    """The message or event in ``fields``.

    Raises:
        BadRequestError: a field that every push has is missing or impossible.
    """
    sender, account = fields.get("FromUserName", ""), fields.get("ToUserName", "")
    kind = fields.get("MsgType", "").lower()
    if not kind or not _IDENTIFIER.fullmatch(sender) or not _IDENTIFIER.fullmatch(account):
        raise BadRequestError(400, "malformed")
    if kind == "event":
        name = fields.get("Event", "").lower()
        return Push(Inbound(NAME, _event_id(fields, sender, name), sender, _event(fields, name)), account)
    message_id = fields.get("MsgId", "")
    if not _IDENTIFIER.fullmatch(message_id):
        raise BadRequestError(400, "malformed")
    return Push(Inbound(NAME, message_id, sender, _message(fields, kind)), account)


def _event_id(fields: Mapping[str, str], sender: str, name: str) -> str:
    """Events have no id: WeChat says to tell retries by sender and second; the rest keeps two events of one second
    apart. Hashed, so that the length is fixed and no openid stands in a claim."""
    parts = (sender, fields.get("CreateTime", ""), name, fields.get("EventKey", ""))
    return "event-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _event(fields: Mapping[str, str], name: str) -> Input:
    """The meaning of an event."""
    key = fields.get("EventKey", "")
    match name:
        case "subscribe":
            return Input(Kind.SCENE, key.removeprefix("qrscene_") if key.startswith("qrscene_") else "")
        case "scan":
            return Input(Kind.SCENE, key)
        case "click" if key:
            return Input(Kind.TEXT, key)
    return Input(Kind.SILENT)


def _message(fields: Mapping[str, str], kind: str) -> Input:
    """The meaning of a message that a person wrote."""
    match kind:
        case "text":
            if choice := fields.get("bizmsgmenuid"):
                return Input(Kind.CHOICE, choice)
            content = fields.get("Content", "")
            return Input(Kind.STICKER) if content == _UNSUPPORTED else Input(Kind.TEXT, content)
        case "image":
            return Input(Kind.PHOTO, media=_media(fields))
        case "voice":
            return Input(Kind.VOICE, fields.get("Recognition", ""), _media(fields))
        case "location":
            latitude, longitude = fields.get("Location_X", ""), fields.get("Location_Y", "")  # in GCJ-02
            if _DEGREES.fullmatch(latitude) and _DEGREES.fullmatch(longitude):
                label = fields.get("Label", "").strip()[:LABEL_LENGTH]
                north, east = to_wgs84(float(latitude), float(longitude))
                return Input(Kind.LOCATION, f"{north:.6f},{east:.6f}", label=label)
    return Input(Kind.OTHER)


def _media(fields: Mapping[str, str]) -> str:
    """The id by which the file can be fetched; nothing when it is none."""
    reference = fields.get("MediaId", "")
    return reference if _MEDIA.fullmatch(reference) else ""
