"""What proves that goods arrived: a signature drawn on the screen, or a photo."""

import asyncio
from base64 import b64decode
from binascii import Error

from admin.call import Call
from admin.uploads import upload
from intake.handouts import PHOTO, SIGNATURE
from intake.media import MAX_BYTES, Media, MediaError, looked_at
from intake.pictures import is_blank

LARGEST_FORM = MAX_BYTES + 1024 * 1024
"""Bytes of a form with a photo and a signature."""
_DRAWN = "data:image/png;base64,"
_LONGEST = 400_000
"""Characters of a signature: the script draws 600 by 240 points."""


async def proofs(call: Call) -> list[tuple[str, Media]]:
    """The signature and the photo of the form, as far as there are; what is wrong stays beside its field."""
    found = [(SIGNATURE, await _signature(call)), (PHOTO, await photo(call))]
    return [(kind, media) for kind, media in found if media is not None]


async def _signature(call: Call) -> Media | None:
    typed = call.form.text("signature")
    if not typed:
        return None
    try:
        if not typed.startswith(_DRAWN) or len(typed) > _LONGEST:
            raise MediaError("unreadable")
        media = await looked_at("photo", b64decode(typed.removeprefix(_DRAWN), validate=True))
    except (MediaError, Error):
        call.form.wrong("signature", "admin.goods.wrong.signature")
        return None
    if await asyncio.to_thread(is_blank, media.content):
        call.form.wrong("signature", "admin.goods.wrong.blank")
        return None
    return media


async def photo(call: Call) -> Media | None:
    """The photo of the form, drawn anew; nothing where there is none, or where something is wrong with it."""
    sent = await upload(call, "photo", MAX_BYTES)
    if not sent.content:
        return None
    try:
        return await looked_at("photo", sent.content)
    except MediaError as error:
        large = error.reason == "too_large"
        call.form.wrong("photo", "admin.goods.wrong.large" if large else "admin.goods.wrong.photo")
        return None
