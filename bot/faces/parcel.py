"""A report with photos, as a browser without JavaScript sends it: nothing is kept of who sent it."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.faces.parts import read_form
from intake.media import MAX_BYTES, PHOTO, Media, MediaError, looked_at

MOST_PHOTOS = 5
"""Photos of one sending."""

SECONDS = 180.0
"""How long a sending may take: five photos over a village's network."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """``typed`` are the fields by name; ``photos`` what came of photos, looked at; ``wrong`` says what was wrong with
    them: ``photos`` (too many), ``too_large``, ``photo``; empty when nothing was."""

    typed: Mapping[str, str]
    photos: tuple[Media, ...] = ()
    wrong: str = ""


async def read_parcel(request: web.Request) -> Parcel:
    """The form in the body of ``request``.

    Raises:
        BadRequestError: it cannot be read, is too large or takes too long.
    """
    posted = await read_form(request, MOST_PHOTOS * MAX_BYTES, SECONDS)
    typed = {name: values[-1] for name, values in posted.fields.items()}
    raw = [one for some in posted.photos.values() for one in some]
    if len(raw) > MOST_PHOTOS:
        return Parcel(typed, wrong="photos")
    photos: list[Media] = []
    for one in raw:
        try:
            photos.append(await looked_at(PHOTO, one))
        except MediaError as error:
            return Parcel(typed, wrong="too_large" if error.reason == "too_large" else "photo")
    return Parcel(typed, tuple(photos))
