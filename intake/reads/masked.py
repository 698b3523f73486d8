"""Names and telephone numbers on a page, closed and open."""

from intake import phone


def mask_name(name: str) -> str:
    """The first character of a name, and no more."""
    return f"{name[:1]}**" if name else ""


def mask_phone(e164: str) -> str:
    """A telephone number without its middle; empty where there is none."""
    return phone.mask(e164) if e164 else ""


def open_phone(e164: str) -> str:
    """A telephone number as people write it; empty where there is none."""
    return phone.national(e164) if e164 else ""
