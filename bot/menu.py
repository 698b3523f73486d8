"""Picking one of some offered options, by tap, number or name."""

from bot.answers import options
from bot.effects import Menu
from bot.inbound import Input, Kind
from locales import Texts

Options = tuple[tuple[str, tuple[str, ...]], ...]
"""(code, names) in the order offered."""

LONGEST = 100
"""Characters of a message that can name an option; a longer one is a story."""


def chosen(sent: Input, offered: Options) -> str | None:
    """The code of the option that was named, or None where none or several were."""
    if sent.kind is Kind.CHOICE:
        return sent.text if any(code == sent.text for code, _ in offered) else None
    if sent.kind is not Kind.TEXT or len(sent.text) > LONGEST:
        return None
    reading = options.read(sent.text, tuple(names for _, names in offered), joined=False)
    return offered[reading.picked[0]][0] if len(reading.picked) == 1 and not reading.unread else None


def named(menu: Menu, texts: Texts) -> Options:
    """A menu's options by all their names."""
    return tuple((code, texts.names(key)) for code, key in menu.options)
