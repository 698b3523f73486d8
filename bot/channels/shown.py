"""A reply as a terminal shows it: what the person would see on a channel."""

from bot.channels.base import numbered
from bot.channels.telegram_send import keyboard
from bot.reply import Reply


def shown(channel: str, reply: Reply) -> str:
    """The reply as ``channel`` shows it: Telegram's buttons in brackets, else a numbered list."""
    buttons = keyboard(reply) if channel == "telegram" else None
    if buttons is None:
        return numbered(reply)
    return "\n".join((reply.text, *(f"[{button.text}]" for row in buttons.inline_keyboard for button in row)))
