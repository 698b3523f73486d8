"""Receipt codes, the only way back to a report: made from what was sent, never stored; a keyed index finds it."""

import re
import unicodedata

from store.cipher import keyring

BYTES = 10
"""80 bits: nobody guesses one."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = BYTES * 8 // 5
_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\W_]+")


def receipt_for(key: str, content: bytes) -> str:
    """The receipt of what was sent under ``key``: the same for the same sending, so that one which arrives twice is
    told its receipt again; without our signing key nobody can work it out."""
    signed = keyring().sign("report.receipt", key.encode() + b"\0" + content)
    return spelled(_base32(signed[:BYTES]))


def normalised(text: str) -> str | None:
    """The receipt as we spell it, from what a person typed: any case, any blanks and strokes, O for 0 and I or L for 1;
    None where it cannot be one."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:200])).upper().translate(_MISREAD)
    return spelled(plain) if len(plain) == _LENGTH and all(letter in _ALPHABET for letter in plain) else None


def index_of(receipt: str) -> bytes:
    """The keyed index by which a report is found; ``receipt`` as :func:`normalised` spells it."""
    return keyring().blind_index("report.receipt", receipt)


def spelled(letters: str) -> str:
    """In groups of four, as people copy it."""
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _base32(raw: bytes) -> str:
    number = int.from_bytes(raw)
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
