"""What people send as photo or voice is known by its bytes, and loses what would tell on them."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from intake import media
from intake.heic import without_metadata
from intake.media import MAX_BYTES, Media, MediaError, looked_at
from intake.pictures import redrawn
from tests.media import AMR, MP3, OGG, SECRET, WEBM, box, heic, m4a, photo, tagged_mp3, wav


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_photo_keeps_its_points_and_nothing_else(kind: str) -> None:
    raw = photo(kind)
    kept = await looked_at("photo", raw)
    assert kept.media_type == f"image/{kind.lower()}"
    assert SECRET in raw
    assert SECRET not in kept.content
    with Image.open(BytesIO(kept.content)) as picture:
        assert picture.size == (60, 40)
        assert not picture.getexif()
        assert set(picture.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        red, _, blue = picture.convert("RGB").getpixel((5, 20))
        assert red > 180
        assert blue < 60


@pytest.mark.parametrize(
    ("side", "red_at"),
    [
        (1, (5, 20)),
        (2, (55, 20)),
        (3, (55, 20)),
        (4, (5, 20)),
        (5, (20, 5)),
        (6, (20, 5)),
        (7, (20, 55)),
        (8, (20, 55)),
    ],
)
def test_a_photo_stands_upright(side: int, red_at: tuple[int, int]) -> None:
    with Image.open(BytesIO(redrawn(photo(side=side))[1])) as picture:
        assert picture.size == ((60, 40) if side < 5 else (40, 60))
        assert picture.getpixel(red_at)[0] > 180


@pytest.mark.parametrize(("size", "kept"), [((4096, 1024), (2048, 512)), ((300, 5000), (123, 2048)), ((9, 9), (9, 9))])
def test_a_large_photo_becomes_smaller(size: tuple[int, int], kept: tuple[int, int]) -> None:
    with Image.open(BytesIO(redrawn(photo(size=size))[1])) as picture:
        assert picture.size == kept


@pytest.mark.parametrize(
    ("kind", "mode", "now"),
    [
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "1", "RGB"),
        ("WEBP", "RGBA", "RGB"),
    ],
)
def test_photos_of_every_mode_are_drawn(kind: str, mode: str, now: str) -> None:
    with Image.open(BytesIO(redrawn(photo(kind, mode=mode))[1])) as picture:
        assert (picture.mode, picture.size) == (now, (60, 40))


async def test_broken_notes_lose_no_photo() -> None:
    raw = photo()
    start = raw.index(b"Exif\0\0") + 6
    broken = raw[:start] + b"\xff" * 12 + raw[start + 12 :]
    assert (await looked_at("photo", broken)).media_type == "image/jpeg"


async def test_a_heic_photo_loses_its_notes() -> None:
    kept = await looked_at("photo", heic())
    assert kept.media_type == "image/heic"
    assert b"picture" in kept.content
    assert SECRET not in kept.content
    assert len(kept.content) == len(heic())
    assert SECRET not in without_metadata(heic(kind=b"mime"))
    assert SECRET not in without_metadata(heic() + box(b"uuid", SECRET))


@pytest.mark.parametrize(
    "raw",
    [
        heic()[:-5],
        heic(extents=0),
        heic(length=0),
        heic(length=500),
        heic() + heic(),
        heic() + b"\0\0\0",
        heic().replace(b"iloc", b"free"),
        heic().replace(b"infe", b"free"),
        box(b"ftyp", b"heic"),
        box(b"ftyp", b"heic") + box(b"meta", b"\0\0\0\0"),
    ],
)
async def test_a_heic_photo_that_cannot_be_followed_is_refused(raw: bytes) -> None:
    with pytest.raises(MediaError, match="unreadable"):
        await looked_at("photo", raw)


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (AMR, "audio/amr"),
        (b"#!AMR-WB\n" + AMR, "audio/amr-wb"),
        (OGG, "audio/ogg"),
        (WEBM, "audio/webm"),
        (MP3, "audio/mpeg"),
        (tagged_mp3(), "audio/mpeg"),
        (m4a(), "audio/mp4"),
        (wav(), "audio/wav"),
    ],
)
async def test_a_voice_is_known_by_its_first_bytes_and_loses_its_tags(raw: bytes, media_type: str) -> None:
    kept = await looked_at("voice", raw)
    assert kept.media_type == media_type
    assert kept.content
    assert SECRET not in kept.content


async def test_the_sound_itself_stays() -> None:
    assert await looked_at("voice", AMR) == Media("audio/amr", AMR)
    assert await looked_at("voice", tagged_mp3()) == Media("audio/mpeg", MP3)
    assert (await looked_at("voice", m4a())).content.endswith(box(b"mdat", b"sound"))
    assert (await looked_at("voice", wav())).content.endswith(b"\4\0\0\0\1\2\3\4")


FOREIGN = [
    b"<html><script>alert(1)</script>",
    b"%PDF-1.7",
    b"GIF89a" + bytes(50),
    b"PK\3\4" + bytes(50),
    b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    b"\x1aE\xdf\xa3" + b"matroska" + bytes(60),
    b"\xff\xf1" + bytes(50),
    m4a(b"vide"),
    m4a()[:-3],
    b"\0",
]


@pytest.mark.parametrize("raw", [*FOREIGN, photo()])
async def test_what_is_no_voice_is_refused(raw: bytes) -> None:
    with pytest.raises(MediaError, match="not_a_voice"):
        await looked_at("voice", raw)


@pytest.mark.parametrize("raw", [*FOREIGN, AMR, m4a()])
async def test_what_is_no_photo_is_refused(raw: bytes) -> None:
    with pytest.raises(MediaError, match="not_a_photo"):
        await looked_at("photo", raw)


def bomb(kind: str, size: tuple[int, int], **how: bool) -> bytes:
    """A photo of few bytes and many points."""
    file = BytesIO()
    Image.new("L", size).save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (photo() + bytes(MAX_BYTES), "too_large"),
        (bomb("PNG", (6000, 5000)), "too_large"),
        (bomb("JPEG", (9000, 6000)), "too_large"),
        (bomb("JPEG", (6000, 5000), progressive=True), "too_large"),
        (photo()[:300], "unreadable"),
        (photo("PNG")[:60], "unreadable"),
        (b"\xff\xd8\xff" + bytes(50), "unreadable"),
        (photo() + b"\xff\xda" * 101, "unreadable"),
        (b"RIFF\0\0\0\0WEBP" + bytes(40), "unreadable"),
    ],
)
async def test_hostile_photos_are_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(MediaError, match=reason):
        await looked_at("photo", raw)


@settings(max_examples=300, deadline=None)
@given(
    kind=some.sampled_from(["photo", "voice"]),
    head=some.sampled_from(
        [photo()[:200], photo("PNG")[:80], photo("WEBP")[:60], heic(), m4a(), wav(), tagged_mp3(), b""]
    ),
    cut=some.integers(0, 200),
    rest=some.binary(max_size=200),
)
def test_any_bytes_are_taken_or_refused(kind: str, head: bytes, cut: int, rest: bytes) -> None:
    try:
        kept = media._look(kind, head[:cut] + rest)
    except MediaError as refused:
        assert refused.reason in {"not_a_photo", "not_a_voice", "unreadable", "too_large"}
    else:
        assert kept.media_type.partition("/")[0] == {"photo": "image", "voice": "audio"}[kind]
