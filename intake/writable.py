"""Which characters a text may hold: those that every database keeps and every paper can carry."""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text without what XML cannot carry; PostgreSQL keeps no NUL, and no encoding half a character."""
    return _UNWRITABLE.sub("", text)
