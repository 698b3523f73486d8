"""Reports of irregularities (L12): made, added to by those who made them. What officials do is in ``report_steps``."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from intake.attachments import KEPT, WEB, attach, digest_of
from intake.events import Event
from intake.media import PHOTO, Media
from intake.models import Attachment, Report
from intake.receipts import index_of, receipt_for
from intake.report_codes import ReportState, accused_of
from intake.report_lines import lines_of, put_line
from intake.unit import Unit
from store.ids import new_id

REPORTER = "reporter"
"""How the event chain names whoever made a report: it is kept for long and shown, so it never says who."""

MOST_LINES = 50
"""How often a reporter may add something."""
MOST_PHOTOS = 30
"""Photos of one report, those of the first sending included."""

_KEPT = ("kind", "village", "persons", "level", "what", "name", "phone")


class FullError(Exception):
    """Nothing more can be added to a report."""


async def make_report(
    unit: Unit,
    key: str,
    contact_id: int | None,
    division: str,
    answers: Mapping[str, Any],
    *,
    media: Collection[int] = (),
    photos: Sequence[Media] = (),
) -> str:
    """Take a report and give its receipt; the same sending again gets the same receipt and makes nothing.

    ``division`` is the village, or the county where that is not known; ``answers`` are those of the flow ``report``;
    ``contact_id`` is None for one made anonymously, whose ``photos`` come
    along; a contact's are ``media``, attachments that are there already.
    """
    content = {name: answers[name] for name in _KEPT if answers.get(name)}
    digests = [hashlib.sha256(photo.content).hexdigest() for photo in photos]
    receipt = receipt_for(key, orjson.dumps([content, digests, sorted(media)], option=orjson.OPT_SORT_KEYS))
    index = index_of(receipt)
    known = select(Report.id).where(Report.receipt_index == index)
    if await unit.db.scalar(known) is not None:
        return receipt
    report = Report(
        id=new_id(unit.now),
        receipt_index=index,
        contact_id=contact_id,
        anonymous=contact_id is None,
        kind=answers["kind"],
        division=division,
        accused=accused_of(answers["level"]),
        content=content,
        state=ReportState.RECEIVED.value,
        made_at=unit.now,
    )
    try:
        async with unit.db.begin_nested():
            unit.db.add(report)
            await unit.db.flush()
    except IntegrityError:
        if await unit.db.scalar(known) is None:
            raise
        return receipt  # another process took the same sending meanwhile
    if contact_id is not None and media:
        await attach(await unit.db.connection(), contact_id, media, _subject(report.id))
    _enclose(unit, report.id, photos)
    data = {"kind": report.kind, "division": report.division, "accused": report.accused, "anonymous": report.anonymous}
    unit.journal.add(Event(unit.now, REPORTER, "report.received", _subject(report.id), data))
    return receipt


async def add_to_report(unit: Unit, receipt: str, text: str, photos: Sequence[Media] = ()) -> bool:
    """What a reporter adds later; photos that are there, and a text that stands last, are not taken twice. False: no
    such receipt.

    Raises:
        FullError: :data:`MOST_LINES` or :data:`MOST_PHOTOS` are there.
    """
    report = await unit.db.scalar(select(Report).where(Report.receipt_index == index_of(receipt)).with_for_update())
    if report is None:
        return False
    lines = await lines_of(unit.db, report.id)
    own = [line for line in lines if line.staff_id is None]
    there = list(await unit.db.scalars(select(Attachment.digest).where(Attachment.subject == _subject(report.id))))
    new = [photo for photo in photos if digest_of(photo.content) not in there]
    if not new and lines and lines[-1].staff_id is None and lines[-1].text == text:
        return True
    if len(own) >= MOST_LINES or (new and len(there) + len(new) > MOST_PHOTOS):
        raise FullError
    await put_line(unit, report.id, None, text)
    _enclose(unit, report.id, new)
    unit.journal.add(Event(unit.now, REPORTER, "report.line", _subject(report.id), {"photos": len(new)}))
    return True


def _subject(report_id: int) -> str:
    return f"report:{report_id}"


def _enclose(unit: Unit, report_id: int, photos: Sequence[Media]) -> None:
    """Keep photos that came from no account."""
    unit.db.add_all(
        Attachment(
            id=new_id(unit.now),
            contact_id=None,
            kind=PHOTO,
            channel=WEB,
            reference="",
            state=KEPT,
            media_type=photo.media_type,
            size=len(photo.content),
            digest=digest_of(photo.content),
            content=photo.content,
            subject=_subject(report_id),
            sent_at=unit.now,
        )
        for photo in photos
    )
