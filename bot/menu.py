"""Picking one of some offered options, by tap, number or name."""

from bot.answers import options
from bot.inbound import Input, Kind

Options = tuple[tuple[str, str], ...]
"""(code, label) in the order offered."""


def chosen(sent: Input, offered: Options) -> str | None:
    """The code of the option that was named, or None where none or several were."""
    if sent.kind is Kind.CHOICE:
        return sent.text if any(code == sent.text for code, _ in offered) else None
    if sent.kind is not Kind.TEXT or len(sent.text) > 100:
        return None
    reading = options.read(sent.text, tuple((label,) for _, label in offered), joined=False)
    return offered[reading.picked[0]][0] if len(reading.picked) == 1 and not reading.unread else None
