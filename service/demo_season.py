"""The demo's whole county: as many households as are asked for in all of its villages, the villages spread over every
step of both passes, and the officials of each. Written township by township."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from intake.access import Official
from intake.county import add_official
from intake.divisions import VILLAGE
from intake.models import Batch, Division, PaymentList, Scheme, Staff
from intake.moves import scheme_of
from intake.procedure import Pass, Role
from intake.unit import Units
from service import demo_people
from service.demo_county import COUNTY
from service.demo_lists import Lists, give
from service.demo_member import Member, Season
from service.demo_rows import Rows
from service.demo_story import NOW, STARTS, STEPS
from service.demo_village import Authorities, Turns, Village
from store.clock import FixedClock
from store.database import Database

PLAN: tuple[tuple[Pass, str], ...] = (
    *((Pass.NEED, step) for step in STEPS[:-1]),
    *(
        (Pass.GRANT, step)
        for step in ("filed", "reviewed", "posted", "closed", "audited", "batched", "decided", "paying", "paid")
    ),
)
"""How far a village has come; the villages take them by turns."""
_HOUR = timedelta(hours=1)
_DAYS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    households: int
    persons: int


class County:
    """Makes households into a county that has its divisions and its scheme."""

    def __init__(self, database: Database, scheme_id: int, seed: int = 2022) -> None:
        self._database = database
        self._scheme_id = scheme_id
        self._rows, self._turns = Rows(), Turns()
        self._seed, self._random = seed, Random(seed)  # noqa: S311 - a story, not a secret
        self._last = 0
        self._decided: list[tuple[str, datetime, list[Member]]] = []

    async def fill(self, count: int) -> Made:
        """Make ``count`` households more."""
        async with self._database.read() as db:
            scheme, content = await scheme_of(db, self._scheme_id)
            villages = await _codes(db, VILLAGE)
            frozen = await _last_lists(db, scheme.id)
        who = await self._officials(villages)
        season = Season(scheme.id, scheme.version, content, frozen)
        self._last = scheme.last_number
        people = demo_people.households(count, self._seed)
        async with self._database.read() as db:
            made = await db.scalar(select(func.count()).select_from(PaymentList))
        lists = Lists(self._rows, season, f"{COUNTY}-{STARTS.year}-F", made or 0)
        persons = 0
        for place, code in enumerate(villages):
            share = count * (place + 1) // len(villages) - count * place // len(villages)
            own = list(islice(people, share))
            persons += sum(one["household_size"] for one in own)
            self._live(Village(self._rows, season, code, who[code], self._turns, self._random), place, own)
            if code[:9] != (villages[place + 1][:9] if place + 1 < len(villages) else ""):
                self._pay(lists, code[:9], who[code])
                await self._write()
        return Made(count, persons)

    async def _write(self) -> None:
        async with self._database.batch() as connection:
            await self._rows.write(connection)
            counted = update(Scheme).where(Scheme.id == self._scheme_id).values(last_number=self._last)
            await connection.execute(counted)

    def _numbers(self) -> Iterator[str]:
        while True:
            self._last += 1
            yield f"{COUNTY}-{STARTS.year}-{self._last:05d}"

    def _live(self, village: Village, place: int, people: list[dict[str, Any]]) -> None:
        pass_, step = PLAN[place % len(PLAN)]
        at = STARTS + timedelta(hours=place % 9, minutes=place % 53, milliseconds=place)
        at = village.apply(at, islice(self._numbers(), len(people)), people)
        if pass_ is Pass.GRANT:
            at = self._pass(village, Pass.NEED, len(STEPS), at + 2 * _DAYS, at + 2 * _DAYS)
        reached = STEPS.index(step) if step in STEPS else len(STEPS)
        latest = NOW - 2 * _DAYS - timedelta(hours=place % 7, milliseconds=place)
        posted = latest if step == "posted" else at + 2 * _DAYS
        at = self._pass(village, pass_, reached, at, posted)
        if step in ("decided", "paying", "paid") and pass_ is Pass.GRANT:
            self._decided.append((step, at, village.accepted()))

    def _pay(self, lists: Lists, township: str, who: Authorities) -> None:
        """What the county accepted in a township is paid by a list, in part; another waits for its release, and the
        rest for being put on one."""
        decided, self._decided = self._decided, []
        for step, _at, members in decided:
            if step == "decided":
                for member in members[::10] + members[1::2]:
                    give(member)
        pay, wait = [], []
        for step, _at, members in decided:
            if step != "decided":
                pay += members if step == "paid" else members[::2]
                wait += [] if step == "paid" else members[1::2]
        latest = max((at for _step, at, _members in decided), default=NOW)
        if pay:
            lists.pay(latest + _DAYS, township, (who.township, who.county), pay)
        if wait:
            lists.wait(latest + _DAYS + 5 * _HOUR, township, who.township, wait)

    def _pass(self, village: Village, pass_: Pass, reached: int, at: datetime, posted: datetime) -> datetime:
        """One pass up to a step of :data:`STEPS`, with the notice at ``posted``; when the last step was."""
        village.withdraw(at + _HOUR, pass_)
        if reached >= STEPS.index("reviewed"):
            village.review(posted - _DAYS, pass_)
        if reached >= STEPS.index("posted"):
            village.post(posted, pass_)
            village.object(posted + 20 * _HOUR, pass_, settled=reached >= STEPS.index("closed"))
        if reached < STEPS.index("closed"):
            return posted
        closed = village.close(pass_)
        if reached >= STEPS.index("audited"):
            village.audit(closed + _DAYS, pass_)
        if reached >= STEPS.index("batched"):
            village.send(closed + _DAYS + 5 * _HOUR, pass_)
        if reached >= STEPS.index("decided"):
            village.decide(closed + 2 * _DAYS, pass_)
        return closed + 2 * _DAYS

    async def _officials(self, villages: list[str]) -> dict[str, Authorities]:
        """Who acts in each village; those who are missing are hired. They cannot sign in until they get a password."""
        async with Units(self._database, FixedClock(STARTS)).begin() as unit:
            query = select(Staff).where(Staff.active).order_by(Staff.id)
            known = {(one.role, one.division): Official.of(one) for one in await unit.db.scalars(query)}

            async def of(role: Role, division: str, username: str, name: str) -> Official:
                if (role.value, division) not in known:
                    known[role.value, division] = await add_official(
                        unit.db,
                        unit.journal,
                        unit.now,
                        username=username,
                        name=name,
                        role=role,
                        division=division,
                        password_hash="-",  # noqa: S106 - nobody signs in with it
                    )
                return known[role.value, division]

            names = {row.code: row.name for row in await unit.db.execute(select(Division.code, Division.name))}
            county = await of(Role.COUNTY, COUNTY, "xian", "县应急局")
            return {
                code: Authorities(
                    await of(Role.VILLAGE, code, f"cun.{code}", f"{names[code]}评议员"),
                    await of(Role.TOWNSHIP, code[:9], f"zhen.{code[:9]}", f"{names[code[:9]]}审核员"),
                    county,
                )
                for code in villages
            }


async def _last_lists(db: AsyncSession, scheme_id: int) -> Counter[tuple[Pass, str]]:
    """The last register or batch of each division that has one already."""
    last = select(Batch.pass_, Batch.division, func.max(Batch.number)).where(Batch.scheme_id == scheme_id)
    rows = await db.execute(last.group_by(Batch.pass_, Batch.division))
    return Counter({(Pass(pass_), division): number for pass_, division, number in rows})


async def _codes(db: AsyncSession, level: int) -> list[str]:
    inside = (Division.level == level, Division.code.startswith(COUNTY))
    return list(await db.scalars(select(Division.code).where(*inside).order_by(Division.code)))
