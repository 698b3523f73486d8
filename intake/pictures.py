"""Photos as they are kept: upright, not too large, and nothing in them but the picture.

A phone writes into a photo where and when and with what it was taken. Whoever reports an irregularity must not be found
by that, so a photo is drawn anew and only its points are kept.
"""

from io import BytesIO

from PIL import ExifTags, Image

LONGEST = 2048
"""Pixels of the longer side at the most; print on a page is read well in that."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""Of the picture as it came. A plain JPEG is made smaller while it is read, the others need all of their memory."""
_MOST_PROGRESSIVE = 25_000_000
_MOST_SCANS = 100
"""Honest progressive JPEGs have about ten; each of a hostile one's thousands would be drawn in full."""
_START_OF_SCAN = b"\xff\xda"

_Turn = Image.Transpose
_UPRIGHT = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""How to turn a photo upright, by the number that the camera noted."""


class PictureError(ValueError):
    """Not a photo that can be drawn. ``reason`` is a fixed word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def redrawn(raw: bytes) -> tuple[str, bytes]:
    """The photo drawn anew: its media type and bytes. Takes memory and a part of a second: call it in a thread.

    Raises:
        PictureError: ``unreadable``, or ``too_large`` to be drawn.
    """
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
            kind = opened.format or ""
            _check(opened, kind, raw)
            opened.draft("RGB", (LONGEST, LONGEST))
            opened.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            turn = _UPRIGHT.get(_noted(opened))
            return _written(opened.transpose(turn) if turn is not None else opened, kind)
    except PictureError:
        raise
    except Exception as error:  # a decoder of hostile bytes fails in many ways
        raise PictureError("unreadable") from error


def _check(opened: Image.Image, kind: str, raw: bytes) -> None:
    most = _MOST_PROGRESSIVE if opened.info.get("progressive") else _MOST_PIXELS[kind]
    if opened.width * opened.height > most:
        raise PictureError("too_large")
    if kind == "JPEG" and raw.count(_START_OF_SCAN) > _MOST_SCANS:
        raise PictureError("unreadable")


def _noted(opened: Image.Image) -> int:
    """Which side the camera noted as up; 1 (as it is) where its note cannot be read."""
    try:
        return int(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # broken notes are no reason to lose the photo
        return 1


def _written(picture: Image.Image, kind: str) -> tuple[str, bytes]:
    """The points of ``picture`` alone, in the format in which it came."""
    if picture.mode not in ("L", "RGB", "RGBA"):
        clear = picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info
        picture = picture.convert("RGBA" if clear and kind != "JPEG" else "RGB")
    picture.info = {}
    file = BytesIO()
    match kind:
        case "JPEG":
            picture.save(file, "JPEG", quality=85)
        case "PNG":
            picture.save(file, "PNG")
        case _:
            picture.save(file, "WEBP", quality=85)
    return f"image/{kind.lower()}", file.getvalue()


def is_blank(raw: bytes) -> bool:
    """Whether a drawn picture is all of one colour: nothing was written on it. Call it in a thread."""
    with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
        low, high = opened.convert("L").getextrema()
        return bool(low == high)
