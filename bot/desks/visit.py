"""A welfare visit is taken down; what was found wrong goes to those who can mend it."""

from datetime import timedelta

from bot.desks.base import Counter, Sent, Told
from bot.effects import Say
from intake.referral_codes import MEET_WITHIN, URGENT_WITHIN
from intake.visit_codes import WINTER
from intake.visits import record_visit

VISITED = "home_visited"
"""The menu after it: the next household."""


async def take(at: Counter, sent: Sent) -> Told:
    """Take it down, and say whom it was passed to."""
    answers, given, asker = sent.answers, sent.given, sent.asker
    async with at.unit() as unit:
        visit = await record_visit(unit, asker.contact_id, asker.official, answers, sent.media)
    said = [Say("visit.done", {"name": answers["name"]})]
    if visit.services:
        t = given.texts
        services = t("visit.and").join(t(f"service.{service}") for service in visit.services)
        told = {"services": services, "hours": URGENT_WITHIN // timedelta(hours=1), "days": MEET_WITHIN.days}
        said.append(Say("visit.referred.urgent" if visit.urgent else "visit.referred", told))
    if visit.urgent:
        said.append(Say("visit.urgent", {"person": given.person}))
    if WINTER in (answers.get("help") or ()):
        said.append(Say("visit.winter"))
    return Told(tuple(said), made={"visit": str(visit.id)}, then=VISITED)
