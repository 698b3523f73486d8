"""A policy question is answered from the content files, or by a human."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say
from bot.flows.questions import NONE
from bot.policy.content import entries
from intake import handovers
from intake.handovers import WITH_HUMAN

UNANSWERED = "home_unanswered"
"""The menu where nothing was found: a human, or other words."""


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@found``: the entries nearest to the question, and none of them."""
    asked = answers.get("ask")
    if not asked:
        return {}
    async with at.reading() as db:
        found = tuple((entry.key, entry.question) for entry in await at.policy(await db.connection(), asked))
    return {"@found": (*found, (NONE, given.texts("questions.none")))} if found else {}


async def take(at: Counter, sent: Sent) -> Told:
    """The answer with the rules that it rests on; where there is none, a human gets the question."""
    given = sent.given
    entry = entries().get(str(sent.answers.get("pick", "")))
    if entry:
        said = entry.say(hotline=given.hotline, person=given.person)
        told = {"question": entry.question, "answer": said, "rules": given.texts("questions.and").join(entry.rules)}
        return Told((Say("questions.answer", told),))
    if not sent.answers.get("human"):
        return Told((Say("questions.nothing", {"person": given.person}),), then=UNANSWERED)
    asked = str(sent.answers["ask"])
    await handovers.begin(at.connection, at.journal, sent.asker.contact_id, asked, at.now, sent.media)
    return Told((Say("person.begun", {"person": given.person}),), then=WITH_HUMAN)
