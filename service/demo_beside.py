"""What the demo's whole county has beside the procedure, in proportion to its households: welfare visits with their
referrals, people found in need, reports of irregularities, talks handed over. Made by the same functions as in life."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from intake import handovers
from intake.access import Official
from intake.discoveries import tell_of_someone
from intake.discovery_codes import SITUATIONS
from intake.models import Case, Contact, Household, Staff
from intake.procedure import Role
from intake.referral_codes import SERVICES
from intake.report_codes import KINDS
from intake.reports import make_report
from intake.unit import Unit, Units
from intake.visit_codes import FINDINGS, GROUPS
from intake.visits import record_visit
from service.demo_county import HOME_VILLAGE
from service.demo_story import NOW
from service.house import House
from store.clock import FixedClock, china_date

VISITS, FOUND, REPORTS, TALKS = 30, 60, 200, 200
"""One of each for so many households."""
_TOGETHER = 50
"""In one transaction."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A household of which something is told: its village and head, and the contact that tells."""

    contact: int
    village: str
    head: str


async def fill_beside(house: House, seed: int = 2022) -> None:
    """Make all of it; the latest an hour ago."""
    random = Random(seed)  # noqa: S311 - a story, not a secret
    async with house.database.read() as db:
        query = select(Case.contact_id, Case.village, Household.head).join(Household, Household.id == Case.household_id)
        ours = query.join(Contact, Contact.id == Case.contact_id).where(Contact.address.startswith("demo-county-"))
        people = [Someone(*row) for row in await db.execute(ours.order_by(Case.number))]
        staff = await db.scalars(select(Staff).where(Staff.role == Role.VILLAGE.value))
        cadres = {one.division or "": Official.of(one) for one in staff}
    random.shuffle(people)
    people.sort(key=lambda one: one.village != HOME_VILLAGE)  # the demo's own village has some of everything

    async def visited(unit: Unit, who: Someone) -> None:
        await record_visit(unit, who.contact, cadres.get(who.village), _visit(random, unit, who))

    async def found(unit: Unit, who: Someone) -> None:
        await tell_of_someone(unit, who.contact, None, _found(random, who))

    async def reported(unit: Unit, who: Someone) -> None:
        await make_report(unit, f"demo-county:{who.contact}", None, who.village, _report(random, who))

    async def talked(unit: Unit, who: Someone) -> None:
        await handovers.begin(
            await unit.db.connection(), unit.journal, who.contact, "我的卡丢了，钱打到哪里？", unit.now
        )

    for doing, every in ((visited, VISITS), (found, FOUND), (reported, REPORTS), (talked, TALKS)):
        await _each(house, doing, people[: len(people) // every])


async def _each(
    house: House, doing: Callable[[Unit, Someone], Coroutine[Any, Any, None]], people: Sequence[Someone]
) -> None:
    clock = FixedClock(NOW - timedelta(hours=1, minutes=47 * (len(people) // _TOGETHER + 1)))
    units = Units(house.database, clock)
    for start in range(0, len(people), _TOGETHER):
        clock.forward(timedelta(minutes=47))
        async with units.begin() as unit:
            for who in people[start : start + _TOGETHER]:
                await doing(unit, who)


def _visit(random: Random, unit: Unit, who: Someone) -> dict[str, Any]:
    findings = {field: random.choice((codes[0],) * 6 + codes) for field, codes in FINDINGS.items()}
    wrong = any(findings[field] != codes[0] for field, codes in FINDINGS.items())
    return {
        "village": who.village,
        "name": who.head,
        "day": china_date(unit.now).isoformat(),
        "groups": [random.choice(GROUPS)],
        "help": [random.choice(SERVICES)] if wrong else [],
        "note": "",
        **findings,
    }


def _found(random: Random, who: Someone) -> dict[str, Any]:
    return {
        "village": who.village,
        "who": "村东头独居的老人",
        "situations": random.sample(SITUATIONS, 2),
        "urgent": "yes" if random.random() < 0.1 else "no",
        "seen": "锅是空的，床上只有一条薄被",
    }


def _report(random: Random, who: Someone) -> dict[str, Any]:
    level = random.choice(("village", "village", "township", "unknown"))
    return {"kind": random.choice(KINDS), "village": who.village, "level": level, "what": "听说名单里有人家里不困难"}
