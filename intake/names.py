"""When two spellings are one name. Pure."""

import re
import unicodedata

_DOTS = re.compile(r"[·・•‧．.･∙⋅]+")


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: whatever stands for the dot in it, and without blanks."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return "".join(_DOTS.sub("·", unicodedata.normalize("NFC", name)).split())
