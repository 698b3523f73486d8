"""What a Telegram update means."""

import re

from telegram import Bot, CallbackQuery, Message, PhotoSize, Update

from bot.channels.base import BadRequestError
from bot.inbound import LABEL_LENGTH, Inbound, Input, Kind
from locales import texts

NAME = "telegram"
"""The channel's name."""

_FILE = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)


def parse(body: object, bot: Bot) -> Update:
    """The update in a JSON document.

    Raises:
        BadRequestError: not an update. The library builds objects from what it is given and fails in many ways.
    """
    if not isinstance(body, dict):
        raise BadRequestError(400, "malformed")
    try:
        update = Update.de_json(body, bot)
    except Exception as error:
        raise BadRequestError(400, "malformed") from error
    if not isinstance(update.update_id, int):
        raise BadRequestError(400, "malformed")
    return update


def read_update(update: Update) -> Inbound:
    """The message in ``update``. Everything outside a private chat, and everything that nobody waits for, is silent."""
    message, address = _private(update)
    if message is None:
        return Inbound(NAME, str(update.update_id), "", Input(Kind.SILENT))
    meaning = _tap(message) if isinstance(message, CallbackQuery) else _message(message)
    return Inbound(NAME, str(update.update_id), address, meaning)


def _private(update: Update) -> tuple[Message | CallbackQuery | None, str]:
    """The new message or tap in a private chat, and the chat's id."""
    query = update.callback_query
    holder = query.message if query else update.message
    if holder is None or holder.chat.type != "private" or not isinstance(holder.chat.id, int):
        return None, ""
    return query or update.message, str(holder.chat.id)


def _tap(query: CallbackQuery) -> Input:
    """A tap on a button."""
    return Input(Kind.CHOICE, query.data) if isinstance(query.data, str) else Input(Kind.OTHER)


def _message(message: Message) -> Input:
    """A message that a person wrote."""
    if isinstance(message.text, str):
        return _text(message.text)
    if (photo := _photo(message)) is not None:
        return photo
    if message.voice:
        return Input(Kind.VOICE, media=_reference(message.voice.file_id))
    if (place := message.location) and _degrees(place.latitude) and _degrees(place.longitude):
        return Input(Kind.LOCATION, f"{place.latitude},{place.longitude}", label=_label(message))
    if message.sticker:
        return Input(Kind.STICKER)
    return Input(Kind.OTHER)


def _photo(message: Message) -> Input | None:
    """A photo in its largest size, or a document that is a picture; nothing for other messages."""
    caption = message.caption if isinstance(message.caption, str) else ""
    if message.photo:
        return Input(Kind.PHOTO, caption, _reference(max(message.photo, key=_points).file_id))
    document = message.document
    if document and isinstance(document.mime_type, str) and document.mime_type.startswith("image/"):
        return Input(Kind.PHOTO, caption, _reference(document.file_id))
    return None


def _points(size: PhotoSize) -> int:
    return size.width * size.height if isinstance(size.width, int) and isinstance(size.height, int) else 0


def _reference(file_id: object) -> str:
    return file_id if isinstance(file_id, str) and _FILE.fullmatch(file_id) else ""


def _label(message: Message) -> str:
    """Name and address of a place that was picked from Telegram's list."""
    venue = message.venue
    parts = (venue.title, venue.address) if venue else ()
    return " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())[:LABEL_LENGTH]


def _degrees(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= 180


def _text(text: str) -> Input:
    """Text, a deep link (``/start v410324112201``) or another command, which means its Chinese word."""
    if not text.startswith("/"):
        return Input(Kind.TEXT, text)
    head, _, rest = text[1:].partition(" ")
    command = head.partition("@")[0].lower()
    if command == "start":
        return Input(Kind.SCENE, rest.strip())
    key = f"channel.command.{command}"
    word = texts()(key) if texts().has(key) else command
    return Input(Kind.TEXT, f"{word} {rest}".strip())
