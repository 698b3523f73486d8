"""From events to messages, inside the transaction that decides."""

from collections import defaultdict
from collections.abc import Collection, Sequence

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


class Notifier:
    """Writes the messages that events call for and orders their delivery; ``queue`` takes the orders."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    async def listen(self, connection: AsyncConnection, events: Sequence[Event]) -> None:
        """An :data:`intake.events.Listener`. Messages and orders commit and roll back with the events; an event heard
        twice makes one message."""
        steps = [step for event in events if (step := _step(event)) is not None]
        if not steps:
            return
        told = await load(connection, steps, events)
        rows = {_key(step, who): (step, who) for step, who in zip(steps, told, strict=True)}
        last = await _lock(connection, {who.contact_id for who in told})
        known = set(await connection.scalars(select(Message.key).where(Message.key.in_(rows))))
        new = {key: row for key, row in rows.items() if key not in known}
        if not new:
            return
        # Ids of one instant are random among themselves; sorted, they keep the order in which things happened.
        ids = sorted(new_id(step.event.at) for step, _ in new.values())
        messages = []
        for message_id, (key, (step, who)) in zip(ids, new.items(), strict=True):
            last[who.contact_id] += 1
            messages.append(_row(message_id, last[who.contact_id], key, step, who))
        await connection.execute(insert(Message), messages)
        channels = [who.channel for _, who in new.values()]
        orders = [Order(message_id, 1, channel) for message_id, channel in zip(ids, channels, strict=True)]
        await self._queue.enqueue(connection, orders)


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
    if event.kind != MOVED:
        return None
    template = TEMPLATES.get((Pass(event.data["pass"]), Action(event.data["action"])))
    return None if template is None else Step(event, template)


def _key(step: Step, who: Told) -> str:
    data = step.event.data
    cause = data.get("approval") or step.event.subject
    return f"{MOVED}:{cause}:{data['pass']}:{data['revision']}:{data['to']}:{who.contact_id}"


def _row(message_id: int, number: int, key: str, step: Step, who: Told) -> dict[str, object]:
    return {
        "id": message_id,
        "contact_id": who.contact_id,
        "number": number,
        "key": key,
        "kind": step.event.kind,
        "subject": step.event.subject,
        "template": step.template.key,
        "params": who.params,
        "state": MessageState.CREATED.value,
        "round": 1,
        "forgiven": 0,
        "created_at": step.event.at,
        "not_before": step.event.at,
    }
