"""One batch of messages inside one transaction: claim, answer, hand in, save."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people
from bot.conversation import Conversation
from bot.desks import DESKS
from bot.desks.base import Counter, Sent, Told
from bot.filling import digest
from bot.inbound import Inbound, Kind
from bot.models import Claim
from bot.people import Person
from bot.policy.search import Search, search
from bot.render import joined
from bot.reply import Reply
from bot.world import World
from intake.attachments import Expected, expect
from intake.events import Journal, Listener
from store.clock import china_date
from store.faults import where
from store.ids import new_id

log = logging.getLogger(__name__)

MessageKey = tuple[str, str]
"""Channel and message id."""

Spoke = Callable[[AsyncConnection, int, datetime], Awaitable[object]]
"""Told that a contact wrote for whom messages wait: (connection, contact id, now)."""


async def nobody_waits(connection: AsyncConnection, contact_id: int, now: datetime) -> None:
    """For a host that sends nothing by itself."""


_CLAIMED = select(Claim.channel, Claim.message_id, Claim.replies).where(
    Claim.channel == bindparam("of"), Claim.message_id.in_(bindparam("ids", expanding=True))
)
_CLAIM = insert(Claim)
UPLOADS = "web"
"""The channel whose photos and voices are here before the message that names them."""
_SLOT = secrets.token_hex(8)
"""This process, among those that count."""


class Batch:
    """Answers some messages in the open transaction of ``connection``; the caller commits."""

    def __init__(
        self,
        connection: AsyncConnection,
        now: datetime,
        world: World,
        listeners: Sequence[Listener] = (),
        spoke: Spoke = nobody_waits,
        policy: Search = search,
    ) -> None:
        self._connection = connection
        self._now = now
        self._spoke = spoke
        self._journal = Journal(listeners)
        self._policy = policy
        self._conversation = Conversation(self._counter(self._journal), world)
        self._replies: dict[MessageKey, list[Reply]] = {}
        self._waiting: list[tuple[MessageKey, Person, Sent]] = []

    async def answer(self, inbounds: Sequence[Inbound]) -> list[Sequence[Reply]]:
        """The replies to each message, in order; a message that was claimed before gets the stored ones."""
        found = await people.load(self._connection, inbounds, self._now)
        await self._load_claimed(inbounds)
        for person in found.values():
            if person.waiting:
                await self._spoke(self._connection, person.id, self._now)
        media = await self._expect(found, inbounds)
        taken: list[MessageKey] = []
        for inbound in inbounds:
            key = (inbound.channel, inbound.message_id)
            if key in self._replies:
                continue
            person = found[(inbound.channel, inbound.address)]
            if any(waiting is person for _, waiting, _ in self._waiting):
                await self._hand_in()
            await self._turn(key, person, _with_ours(inbound, media.get(key, "")))
            taken.append(key)
        await self._hand_in()
        for inbound in inbounds:
            if inbound.input.kind is Kind.FORM and (key := (inbound.channel, inbound.message_id)) in taken:
                self._replies[key] = [replace(reply, of=digest(inbound.input.text)) for reply in self._replies[key]]
        await people.save(self._connection, found.values(), self._now)
        await self._conversation.tally.write(self._connection, china_date(self._now), _SLOT)
        if taken:
            await self._connection.execute(_CLAIM, [self._claim(key) for key in taken])
        await self._journal.flush(self._connection)
        return [self._replies[(inbound.channel, inbound.message_id)] for inbound in inbounds]

    def _counter(self, journal: Journal) -> Counter:
        return Counter(self._connection, journal, self._now, self._policy)

    async def _load_claimed(self, inbounds: Sequence[Inbound]) -> None:
        ids: dict[str, list[str]] = {}
        for inbound in inbounds:
            ids.setdefault(inbound.channel, []).append(inbound.message_id)
        for channel, wanted in ids.items():
            for row in await self._connection.execute(_CLAIMED, {"of": channel, "ids": wanted}):
                self._replies[(row.channel, row.message_id)] = [Reply.from_json(body) for body in row.replies]

    async def _expect(self, found: Mapping[people.Who, Person], inbounds: Sequence[Inbound]) -> dict[MessageKey, str]:
        """Our ids for the photos and voices that came in, where they may be kept."""
        expected: dict[MessageKey, Expected] = {}
        for inbound in inbounds:
            key, sent = (inbound.channel, inbound.message_id), inbound.input
            if not sent.media or key in self._replies or key in expected:
                continue
            media_id = int(sent.media) if inbound.channel == UPLOADS else new_id(self._now)
            person = found[(inbound.channel, inbound.address)]
            expected[key] = Expected(media_id, person.id, sent.kind.value, inbound.channel, sent.media, self._now)
        if not expected:
            return {}
        kept = await expect(self._connection, list(expected.values()))
        return {key: str(row.id) for key, row in expected.items() if row.id in kept}

    def _claim(self, key: MessageKey) -> dict[str, object]:
        replies = [reply.to_json() for reply in self._replies[key]]
        return {"channel": key[0], "message_id": key[1], "replies": replies, "taken_at": self._now}

    async def _turn(self, key: MessageKey, person: Person, inbound: Inbound) -> None:
        try:
            answered = await self._conversation.turn(person, inbound)
        except Exception as error:  # a message that no code foresaw: nobody else in the batch pays for it
            log.error("a turn failed on %s: %s", inbound.channel, where(error))
            self._replies[key] = [self._conversation.fault(person, inbound.input.kind is Kind.FORM)]
            return
        self._replies[key] = [answered.reply] if answered.reply else []
        if answered.sent is not None:
            self._waiting.append((key, person, answered.sent))

    async def _hand_in(self) -> None:
        """Hand in what was submitted: together, or where that fails each alone, so that a fault stays its own."""
        waiting, self._waiting = self._waiting, []
        for name in dict.fromkeys(sent.flow for _, _, sent in waiting):
            among = [one for one in waiting if one[2].flow == name]
            outcomes = await self._try(name, [sent for _, _, sent in among])
            for index, (key, person, sent) in enumerate(among):
                told = outcomes[index] if outcomes else None
                if outcomes is None and len(among) > 1:
                    alone = await self._try(name, [sent])
                    told = alone[0] if alone else None
                reply = self._conversation.told(person, sent, told)
                begun = self._replies[key]
                self._replies[key] = [joined(begun[0], reply) if begun else reply]

    async def _try(self, flow: str, sent: list[Sent]) -> list[Told] | None:
        journal = Journal()
        try:
            async with self._connection.begin_nested():
                outcomes = await DESKS[flow].take(self._counter(journal), sent)
        except Exception as error:
            log.error("%d of %s could not be handed in: %s", len(sent), flow, where(error))
            return None
        for event in journal.events:
            self._journal.add(event)
        return outcomes


def _with_ours(inbound: Inbound, media: str) -> Inbound:
    """The message with our id for its photo or voice instead of the channel's."""
    return replace(inbound, input=replace(inbound.input, media=media)) if inbound.input.media else inbound
