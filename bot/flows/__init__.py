"""The conversations: one file each, nothing in it but its questions."""

from bot.flow import Flow
from bot.flows.appeal import appeal
from bot.flows.apply import apply
from bot.flows.bank_card import bank_card
from bot.flows.discover import discover
from bot.flows.my_data import my_data
from bot.flows.nominate import nominate
from bot.flows.objection import objection
from bot.flows.person import person
from bot.flows.questions import questions
from bot.flows.report import report
from bot.flows.settings import settings
from bot.flows.status import status
from bot.flows.tasks import tasks
from bot.flows.village import village
from bot.flows.visit import visit
from bot.flows.withdraw import withdraw

FLOWS: dict[str, Flow] = {
    flow.name: flow
    for flow in (
        apply,
        nominate,
        status,
        bank_card,
        objection,
        report,
        questions,
        appeal,
        withdraw,
        my_data,
        settings,
        person,
        village,
        tasks,
        visit,
        discover,
    )
}
"""Every flow by its name."""
