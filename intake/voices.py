"""Voices as they are kept: known by their first bytes, and without what phones write beside the sound (a place)."""

from intake.boxes import Box, BoxError, blank, boxes, brand

_BRANDS = frozenset(
    {
        b"M4A ",
        b"M4B ",
        b"mp41",
        b"mp42",
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"dash",
        b"3gp4",
        b"3gp5",
        b"3gp6",
    }
)
_FIRST = (
    (b"#!AMR\n", "audio/amr"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
)
"""First bytes and what they begin: Opus and Speex come in Ogg, browsers record in WebM."""


def sounding(raw: bytes) -> tuple[str, bytes] | None:
    """The media type of a voice and its bytes without tags; nothing when it is none that we know."""
    if brand(raw) in _BRANDS:
        try:
            return "audio/mp4", _without_tags(raw)
        except BoxError:
            return None
    if raw[:4] == b"RIFF" and raw[8:12] == b"WAVE":
        return "audio/wav", _sound_chunks(raw)
    if len(raw) > 3 and raw[0] == 0xFF and raw[1] & 0xE0 == 0xE0 and raw[1] & 0x06:
        return "audio/mpeg", _bare_mpeg(raw)
    media_type = next((name for first, name in _FIRST if raw.startswith(first)), None)
    if media_type == "audio/webm" and b"webm" not in raw[:64]:
        return None
    if media_type is None:
        return None
    return media_type, _bare_mpeg(raw) if media_type == "audio/mpeg" else raw


def _bare_mpeg(raw: bytes) -> bytes:
    """MP3 without its tags, before (ID3v2) and behind (ID3v1) the sound."""
    if raw[:3] == b"ID3" and len(raw) >= 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(raw[6:10], (21, 14, 7, 0), strict=True))
        raw = raw[10 + size :]
    return raw[:-128] if raw[-128:-125] == b"TAG" else raw


def _sound_chunks(raw: bytes) -> bytes:
    """WAV with its format and its sound, and no other chunk."""
    kept, at = b"", 12
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        end = min(at + 8 + size + size % 2, len(raw))
        if raw[at : at + 4] in (b"fmt ", b"data"):
            kept += raw[at:end]
        at = end
    return b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WAVE" + kept


def _without_tags(raw: bytes) -> bytes:
    """M4A or 3GP with its boxes of tags turned into empty space; a film is refused.

    Raises:
        BoxError: no sound file that can be followed, or one with moving pictures.
    """
    data = bytearray(raw)
    for box in boxes(data, 0, len(data)):
        if box.name in (b"meta", b"uuid", b"udta"):
            _free(data, box)
        if box.name == b"moov":
            for inner in boxes(data, box.body, box.end):
                if inner.name in (b"meta", b"uuid", b"udta"):
                    _free(data, inner)
                elif inner.name == b"trak":
                    _track(data, inner)
    return bytes(data)


def _track(data: bytearray, track: Box) -> None:
    for box in boxes(data, track.body, track.end):
        if box.name in (b"meta", b"uuid", b"udta"):
            _free(data, box)
        elif box.name == b"mdia":
            for inner in boxes(data, box.body, box.end):
                if inner.name == b"hdlr" and data[inner.body + 8 : inner.body + 12] == b"vide":
                    raise BoxError("a film")


def _free(data: bytearray, box: Box) -> None:
    data[box.start + 4 : box.start + 8] = b"free"
    blank(data, box.body, box.end)
