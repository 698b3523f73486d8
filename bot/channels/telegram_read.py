"""What a Telegram update means."""

from telegram import Bot, CallbackQuery, Message, Update

from bot.channels.base import BadRequestError
from bot.inbound import Inbound, Input, Kind
from locales import texts

NAME = "telegram"
"""The channel's name."""


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
    if message.photo:
        return Input(Kind.PHOTO)
    if message.voice:
        return Input(Kind.VOICE)
    if (place := message.location) and _degrees(place.latitude) and _degrees(place.longitude):
        return Input(Kind.LOCATION, f"{place.latitude},{place.longitude}")
    if message.sticker:
        return Input(Kind.STICKER)
    return Input(Kind.OTHER)


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
