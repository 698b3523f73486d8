"""From events to messages, inside the transaction that decides."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.events import Event
from intake.models import Contact
from intake.procedure import Action, Pass
from notifications.facts import Step, Told, load
from notifications.models import Message, MessageState
from notifications.orders import Order, Queue
from notifications.templates import TEMPLATES
from store.ids import new_id

MOVED = "case.moved"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message that is not numbered yet."""

    event: Event
    contact_id: int
    channel: str
    template: str
    params: Mapping[str, Any]


class Notifier:
    """Writes the messages that events call for and orders their delivery; ``queue`` takes the orders."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    async def listen(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        """An :data:`intake.events.Listener`. Messages and orders commit and roll back with the events; an event heard
        twice makes one message."""
        drafts = await _moves(connection, events) | await _letters(connection, events)
        if not drafts:
            return
        last = await _lock(connection, {draft.contact_id for draft in drafts.values()})
        known = set(await connection.scalars(select(Message.key).where(Message.key.in_(drafts))))
        new = {key: draft for key, draft in drafts.items() if key not in known}
        if not new:
            return
        # Ids of one instant are random among themselves; sorted, they keep the order in which things happened.
        ids = sorted(new_id(draft.event.at) for draft in new.values())
        messages = []
        for message_id, (key, draft) in zip(ids, new.items(), strict=True):
            last[draft.contact_id] += 1
            messages.append(_row(message_id, last[draft.contact_id], key, draft))
        await connection.execute(insert(Message), messages)
        channels = [draft.channel for draft in new.values()]
        orders = [Order(message_id, 1, channel) for message_id, channel in zip(ids, channels, strict=True)]
        await self._queue.enqueue(connection, orders)


async def _moves(connection: AsyncConnection, events: Sequence[Event]) -> dict[str, _Draft]:
    """What the procedure tells of cases that moved."""
    steps = [step for event in events if (step := _step(event)) is not None]
    if not steps:
        return {}
    told = await load(connection, steps, events)
    return {
        _key(step, who): _Draft(step.event, who.contact_id, who.channel, step.template.key, who.params)
        for step, who in zip(steps, told, strict=True)
    }


async def _letters(connection: AsyncConnection, events: Sequence[Event]) -> dict[str, _Draft]:
    """What events carry for somebody in particular."""
    letters = [(event, letter) for event in events for letter in event.letters]
    if not letters:
        return {}
    contacts = {letter.contact_id for _, letter in letters}
    query = select(Contact.id, Contact.channel).where(Contact.id.in_(contacts))
    channels = {row.id: row.channel for row in await connection.execute(query)}
    return {
        letter.key: _Draft(event, letter.contact_id, channels[letter.contact_id], letter.template, letter.params)
        for event, letter in letters
    }


async def _lock(connection: AsyncConnection, contacts: Collection[int]) -> defaultdict[int, int]:
    """The number of each contact's last message. The contacts are locked until the commit, in the order of their ids
    as everywhere: whoever writes the next message to one of them sees ours."""
    locked = select(Contact.id).where(Contact.id.in_(contacts)).order_by(Contact.id).with_for_update(key_share=True)
    await connection.execute(locked)
    query = select(Message.contact_id, func.max(Message.number)).where(Message.contact_id.in_(contacts))
    last: defaultdict[int, int] = defaultdict(int)
    for contact_id, number in await connection.execute(query.group_by(Message.contact_id)):
        last[contact_id] = number
    return last


def _step(event: Event) -> Step | None:
    if event.kind != MOVED or event.data["from"] == event.data["to"]:
        return None  # a further objection holds what is held: nothing is new to the applicant
    template = TEMPLATES.get((Pass(event.data["pass"]), Action(event.data["action"])))
    return None if template is None else Step(event, template)


def _key(step: Step, who: Told) -> str:
    data = step.event.data
    cause = data.get("approval") or data.get("act") or step.event.subject
    return f"{MOVED}:{cause}:{data['pass']}:{data['revision']}:{data['to']}:{who.contact_id}"


def _row(message_id: int, number: int, key: str, draft: _Draft) -> dict[str, object]:
    return {
        "id": message_id,
        "contact_id": draft.contact_id,
        "number": number,
        "key": key,
        "kind": draft.event.kind,
        "subject": draft.event.subject,
        "template": draft.template,
        "params": dict(draft.params),
        "state": MessageState.CREATED.value,
        "round": 1,
        "forgiven": 0,
        "created_at": draft.event.at,
        "not_before": draft.event.at,
    }
