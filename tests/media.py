"""Made-up photos and voices, with what phones write into them."""

import struct
from io import BytesIO

from PIL import ExifTags, Image

AMR = b"#!AMR\n" + bytes(range(64))
OGG = b"OggS\x00\x02" + bytes(20) + b"OpusHead" + bytes(32)
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + bytes(40)
MP3 = b"\xff\xfb\x90\x00" + bytes(400)
SECRET = b"made at 33.9N 111.6E by a villager"
"""What must not be kept."""


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, mode: str = "RGB", side: int = 1, mark: int = 0
) -> bytes:
    """A photo whose left half is red, with a place and a remark inside. ``side`` is the camera's note of which side is
    up, ``mark`` makes one unlike another."""
    picture = Image.new("RGB", size, (10, 10, 200 - mark))
    picture.paste((220, 20, 20), (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = side
    notes[ExifTags.Base.ImageDescription] = SECRET.decode()
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (33.0, 54.0, 0.0)
    file = BytesIO()
    more = {"comment": SECRET} if kind == "JPEG" else {}
    picture.convert(mode).save(file, kind, exif=notes, **more)
    return file.getvalue()


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of an ISO media file."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def heic(*, extents: int = 1, length: int = len(SECRET), kind: bytes = b"Exif") -> bytes:
    """A HEIC file of one item that is a picture and one of metadata, which lies in ``mdat``."""
    head = box(b"ftyp", b"heic\0\0\0\0", b"mif1heic")
    items = b"".join(
        box(b"infe", b"\2\0\0\0", struct.pack(">HH4s", number, 0, name), b"\0")
        for number, name in ((1, b"hvc1"), (2, kind))
    )
    info = box(b"iinf", b"\0\0\0\0", struct.pack(">H", 2), items)

    def meta(start: int) -> bytes:
        picture = struct.pack(">HHHII", 1, 0, 1, start, 7)
        hidden = struct.pack(">HHH", 2, 0, extents) + struct.pack(">II", start + 7, length) * extents
        places = box(b"iloc", b"\0\0\0\0", b"\x44\x00", struct.pack(">H", 2), picture, hidden)
        return box(b"meta", b"\0\0\0\0", info, places)

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", b"picture", SECRET)


def m4a(handler: bytes = b"soun") -> bytes:
    """An M4A file with tags in three places."""
    tags = box(b"udta", box(b"\xa9xyz", SECRET))
    track = box(b"trak", tags, box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))
    return (
        box(b"ftyp", b"M4A \0\0\0\0")
        + box(b"moov", box(b"mvhd", bytes(8)), track, tags)
        + box(b"uuid", SECRET)
        + box(b"mdat", b"sound")
    )


def wav() -> bytes:
    """A WAV file with a chunk of remarks."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    inner = chunk(b"fmt ", bytes(16)) + chunk(b"LIST", SECRET) + chunk(b"data", b"\1\2\3\4")
    return b"RIFF" + struct.pack("<I", 4 + len(inner)) + b"WAVE" + inner


def tagged_mp3() -> bytes:
    """An MP3 file with tags before and behind the sound."""
    return b"ID3\4\0\0" + bytes([0, 0, 0, len(SECRET)]) + SECRET + MP3 + b"TAG" + SECRET.ljust(125, b"\0")
