"""Submissions of field teams become messages, each once however often its file is imported.

A submission goes the way of every form (:mod:`bot.filling`): read again by the talk's own answers, filed whole or
refused whole. Its instance id is the message's id. What was refused may come again after it was mended.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people
from bot.channels.base import Turns
from bot.faces.odk_read import Record
from bot.faces.xlsform import PHOTOS, field_flows
from bot.filling import Form
from bot.flow import Flow, Question
from bot.inbound import IMPORTS, Inbound, Input, Kind
from bot.models import Claim
from bot.reply import Reply
from intake.access import Official
from intake.attachments import TooManyError, upload
from intake.events import Event, Journal
from intake.media import PHOTO, MediaError, looked_at
from intake.models import Contact, Submission
from locales import Texts
from store.clock import Clock
from store.database import Database

NOBODY = "import"
"""The contact of submissions that name no device."""

Fetch = Callable[[str, str], Awaitable[bytes | None]]
"""Gives a photo by the instance and the name in the submission; None where it is not there."""

State = Literal["made", "before", "refused"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a submission. ``made`` names the record; ``reasons`` say why there is none, or what is missing."""

    line: int
    state: State
    made: Mapping[str, str]
    reasons: tuple[str, ...] = ()


class Importer:
    """Imports submissions; ``official`` is who collected them and acts, where that is known."""

    def __init__(
        self, database: Database, clock: Clock, turns: Turns, t: Texts, fetch: Fetch, official: Official | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._turns = turns
        self._t = t
        self._fetch = fetch
        self._official = official

    async def take(self, record: Record, flow_name: str = "") -> Result:
        """Import one submission; ``flow_name`` where its form does not say it.

        Raises:
            TurnsBusyError: nothing was stored; import the file again.
        """
        name = flow_name or record.flow
        flow = next((flow for flow in field_flows() if flow.name == name), None)
        if flow is None:
            return self._refused(record, self._t("odk.refused.flow"))
        if not record.instance:
            return self._refused(record, self._t("odk.refused.instance"))
        address = f"staff:{self._official.id}" if self._official else record.device or NOBODY
        async with self._database.connect() as connection:
            known = await self._known(connection, record.instance)
            if known is not None:
                return Result(record.line, "before", known)
            contact = await self._contact(connection, address)
        answers, lost = await self._answers(flow, record, contact)
        document = Form(flow.name, answers, send=True).write()
        message = Inbound(IMPORTS, record.instance, address, Input(Kind.FORM, document))
        replies = await self._turns.take(message)
        return self._told(record, flow, replies[0], lost)

    def _refused(self, record: Record, *reasons: str) -> Result:
        return Result(record.line, "refused", {}, reasons)

    async def _known(self, connection: AsyncConnection, instance: str) -> Mapping[str, str] | None:
        """What came of this submission before, None where nothing did; a refusal is forgotten, so that it may come
        again."""
        claimed = (Claim.channel == IMPORTS, Claim.message_id == instance)
        replies = (await connection.execute(select(Claim.replies).where(*claimed))).scalar_one_or_none()
        if replies is not None:
            made = Reply.from_json(replies[0]).made
            if made:
                return made
            await connection.execute(delete(Claim).where(*claimed))
            return None
        key = f"{IMPORTS}:{instance}"
        found = await connection.scalar(select(Submission.id).where(Submission.key == key))
        return None if found is None else {}

    async def _contact(self, connection: AsyncConnection, address: str) -> int:
        """The contact of a device, or of an official, whose account it is then."""
        nothing = Inbound(IMPORTS, "", address, Input(Kind.SILENT))
        found = await people.load(connection, [nothing], self._clock.now())
        person, official = found[(IMPORTS, address)], self._official
        if official and person.official is None:
            acting = update(Contact).where(Contact.id == person.id).values(staff_id=official.id)
            await connection.execute(acting)
            journal, data = Journal(), {"contact": person.id, "channel": IMPORTS}
            journal.add(Event(self._clock.now(), "operator", "staff.bound", f"staff:{official.id}", data))
            await journal.flush(connection)
        return person.id

    async def _answers(self, flow: Flow, record: Record, contact: int) -> tuple[dict[str, Any], list[str]]:
        """The raw answers by question, and what is said of photos that could not be kept."""
        answers: dict[str, Any] = {}
        lost: list[str] = []
        for question in flow.questions:
            if question.answer.kind == "photos":
                answers[question.key], said = await self._photos(question, record, contact)
                lost += said
                continue
            for key in (question.key, *question.was):
                value = record.several(key) if question.answer.several else record.value(key)
                if value not in (None, []):
                    answers[question.key] = value
                    break
        return answers, lost

    async def _photos(self, question: Question, record: Record, contact: int) -> tuple[list[str], list[str]]:
        keys = (question.key, *(f"{question.key}_{number}" for number in range(2, PHOTOS + 1)))
        names = [str(name) for key in keys if (name := record.value(key)) is not None]
        kept, lost = [], []
        for name in names:
            raw = await self._fetch(record.instance, name)
            if raw is None:
                lost.append(self._t("odk.photo.missing", name=name[:60]))
                continue
            try:
                media = await looked_at(PHOTO, raw)
                async with self._database.connect() as connection:
                    kept.append(str(await upload(connection, contact, PHOTO, media, self._clock.now())))
            except MediaError:
                lost.append(self._t("odk.photo.wrong", name=name[:60]))
            except TooManyError:
                lost.append(self._t("odk.photo.many", name=name[:60]))
        return list(dict.fromkeys(kept)), lost

    def _told(self, record: Record, flow: Flow, reply: Reply, lost: Sequence[str]) -> Result:
        if reply.made:
            return Result(record.line, "made", reply.made, tuple(lost))
        named = {question.key: flow.text(question, "name") for question in flow.questions}
        reasons = []
        for at, text in reply.errors.items():
            key = named.get(at, "")
            reasons.append(self._t("odk.reason", name=self._t(key), text=text) if self._t.has(key) else text)
        return self._refused(record, *(reasons or [reply.text]))
