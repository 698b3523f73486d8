"""When two spellings are one name. Pure."""

import re
import unicodedata

_DOTS = re.compile(r"[·・•‧．.･∙⋅]+")


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: whatever stands for the dot in it, and without blanks, in
    full or half width."""
    return bare(one) == bare(other)


def bare(name: str) -> str:
    """A name as it is compared: one kind of dot, no blanks, one width."""
    return "".join(_DOTS.sub("·", unicodedata.normalize("NFKC", name)).split())
