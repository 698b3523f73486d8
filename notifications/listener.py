"""From events to messages, inside the transaction that decides."""

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.events import Event
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
        known = set(await connection.scalars(select(Message.key).where(Message.key.in_(rows))))
        new = {key: row for key, row in rows.items() if key not in known}
        if not new:
            return
        # Ids of one instant are random among themselves; sorted, they keep the order in which things happened.
        ids = sorted(new_id(step.event.at) for step, _ in new.values())
        numbered = [(number, key, *row) for number, (key, row) in zip(ids, new.items(), strict=True)]
        await connection.execute(insert(Message), [_row(number, key, step, who) for number, key, step, who in numbered])
        await self._queue.enqueue(connection, [Order(number, 1, who.channel) for number, _, _, who in numbered])


def _step(event: Event) -> Step | None:
    if event.kind != MOVED:
        return None
    template = TEMPLATES.get((Pass(event.data["pass"]), Action(event.data["action"])))
    return None if template is None else Step(event, template)


def _key(step: Step, who: Told) -> str:
    data = step.event.data
    cause = data.get("approval") or step.event.subject
    return f"{MOVED}:{cause}:{data['pass']}:{data['revision']}:{data['to']}:{who.contact_id}"


def _row(number: int, key: str, step: Step, who: Told) -> dict[str, object]:
    return {
        "id": number,
        "contact_id": who.contact_id,
        "key": key,
        "kind": step.event.kind,
        "subject": step.event.subject,
        "template": step.template.key,
        "params": who.params,
        "state": MessageState.CREATED.value,
        "round": 1,
        "created_at": step.event.at,
        "not_before": step.event.at,
    }
