"""Photos of a form: kept at once, as the chat page keeps them, so that a mistake elsewhere does not lose them."""

from collections.abc import Mapping
from typing import Any

from bot.channels.base import BadRequestError
from bot.channels.web_read import NAME, new_token
from bot.faces.handing import hand_in
from bot.faces.visit import Visit
from bot.filling import Form
from bot.flow import Flow
from intake.media import PHOTO


async def with_photos(
    visit: Visit, flow: Flow, raw: Mapping[str, Any], photos: Mapping[str, list[bytes]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The raw answers with the ids of the new photos beside those that were kept before; and by question what was
    wrong with a photo that could not be taken.

    Raises:
        TurnsBusyError: nothing was stored.
    """
    answers, errors = dict(raw), {}
    for key, pictures in photos.items():
        if flow.find(key) is None or not isinstance(answers.get(key), list):
            continue
        for picture in pictures:
            try:
                kept = str(await _keep(visit, flow, picture))
            except BadRequestError as error:
                errors[key] = visit.look.text(f"form.refused.{error.reason}")
            else:
                answers[key] = [*(one for one in answers[key] if one != kept), kept]
    return answers, errors


async def _keep(visit: Visit, flow: Flow, picture: bytes) -> int:
    address = visit.visitor.address
    try:
        return await visit.context.uploads.keep(address, PHOTO, picture)
    except BadRequestError as error:
        if error.reason != "stranger":
            raise
    # An attachment belongs to a contact: an empty page makes one.
    await hand_in(visit.context.turns, NAME, address, new_token(), Form(flow.name, {}, send=False))
    return await visit.context.uploads.keep(address, PHOTO, picture)
