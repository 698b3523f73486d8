"""The desks: one file each, named as its flow."""

from bot.desks import (
    appeal,
    apply,
    bank_card,
    discover,
    my_data,
    nominate,
    objection,
    person,
    questions,
    report,
    settings,
    status,
    tasks,
    village,
    visit,
    withdraw,
)
from bot.desks.base import Desk, one_by_one

DESKS: dict[str, Desk] = {
    "apply": Desk(apply.take),
    "nominate": Desk(nominate.take, nominate.learn),
    "village": Desk(one_by_one(village.take), village.learn),
    "tasks": Desk(one_by_one(tasks.take)),
    "report": Desk(one_by_one(report.take)),
    "status": Desk(status.take, status.learn),
    "bank_card": Desk(one_by_one(bank_card.take), bank_card.learn),
    "appeal": Desk(one_by_one(appeal.take), appeal.learn),
    "withdraw": Desk(one_by_one(withdraw.take), withdraw.learn),
    "my_data": Desk(one_by_one(my_data.take), my_data.learn),
    "objection": Desk(one_by_one(objection.take), objection.learn),
    "questions": Desk(one_by_one(questions.take), questions.learn),
    "settings": Desk(one_by_one(settings.take), settings.learn),
    "person": Desk(one_by_one(person.take)),
    "visit": Desk(one_by_one(visit.take)),
    "discover": Desk(one_by_one(discover.take)),
}
"""Every flow's desk by the flow's name."""
