"""The demo's story: a few dozen households in real villages, walked by the real procedure to every state there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import select

from intake.access import Official
from intake.batches.sending import make_batch
from intake.decisions import Ruling, rule_on
from intake.filing import Application, receive
from intake.models import Case, Contact, Division, Grant, Need, Staff
from intake.notices import close_due, object_to, open_notice, settle
from intake.outcomes import Filed
from intake.procedure import Pass, Role, State
from intake.reviews import Meeting, Verdict, record_review
from intake.rules import tier_amount_fen
from intake.unit import Units
from locales import HOME
from service.demo_county import HOME_VILLAGE, SCHEME, made_up_households
from service.demo_paying import Paying
from store.clock import FixedClock, china_date
from store.database import Database
from store.ids import new_id

STARTS = datetime(2022, 10, 8, 1, 0, tzinfo=UTC)
"""When the first households of the story apply: nine in the morning in China."""
NOW = datetime(2022, 11, 15, 1, 0, tzinfo=UTC)
"""Where the demo begins."""

# How far each village has come, and its households; the first is the home village.
STEPS = ("filed", "reviewed", "posted", "closed", "audited", "batched", "decided")
PLAN: tuple[tuple[Pass, str, int], ...] = (
    (Pass.NEED, "filed", 6),
    (Pass.NEED, "reviewed", 4),
    (Pass.NEED, "posted", 4),
    (Pass.NEED, "closed", 4),
    (Pass.NEED, "audited", 4),
    (Pass.NEED, "batched", 4),
    (Pass.GRANT, "filed", 4),
    (Pass.GRANT, "reviewed", 4),
    (Pass.GRANT, "posted", 4),
    (Pass.GRANT, "closed", 4),
    (Pass.GRANT, "audited", 4),
    (Pass.GRANT, "batched", 4),
    (Pass.GRANT, "decided", 4),
    (Pass.GRANT, "paid", 3),
)
_TIERS = ("ordinary", "heavier", "special")


@dataclass(frozen=True, slots=True)
class _Village:
    code: str
    reviewer: Official


class Story:
    """Tells the story into an empty demo county."""

    def __init__(self, database: Database, scheme_id: int, township: Official, county: Official) -> None:
        self._database = database
        self._clock = FixedClock(STARTS)
        self._units = Units(database, self._clock)
        self._scheme_id = scheme_id
        self._township = township
        self._county = county
        self._households = made_up_households()

    async def tell(self, home: Official) -> None:
        """Walk every village of the plan as far as it goes. The latest steps come last, so that notices still run."""
        villages = await self._villages(home, len(PLAN))
        walks = [self._walk(village, *plan) for village, plan in zip(villages, PLAN, strict=True)]
        for walk in walks:
            await walk
        self._clock.at = NOW - timedelta(days=1)
        decided, paid = [
            await self._at(village, Pass.GRANT, State.ACCEPTED)
            for village, (pass_, step, _count) in zip(villages, PLAN, strict=True)
            if pass_ is Pass.GRANT and step in ("decided", "paid")
        ]
        await Paying(self._database, self._clock, self._scheme_id, self._township, self._county).tell(paid, decided)

    async def _villages(self, home: Official, count: int) -> list[_Village]:
        async with self._database.write() as db:
            codes = await db.scalars(
                select(Division.code)
                .where(Division.code.startswith(HOME_VILLAGE[:9]), Division.level == 5, Division.code != HOME_VILLAGE)
                .order_by(Division.code.desc())
                .limit(count - 1)
            )
            others = []
            for code in codes:
                staff = Staff(
                    id=new_id(self._clock.now()),
                    username=f"cun.{code}",
                    name="村评议员",
                    password_hash="-",  # noqa: S106 - nobody signs in as them
                    role=Role.VILLAGE.value,
                    division=code,
                )
                db.add(staff)
                others.append(_Village(code, Official.of(staff)))
        return [_Village(HOME_VILLAGE, home), *others]

    async def _walk(self, village: _Village, pass_: Pass, step: str, households: int) -> None:
        last_posted = NOW - timedelta(days=2)
        self._clock.at = STARTS
        await self._file(village, households)
        if pass_ is Pass.GRANT:
            await self._through(village, Pass.NEED, "decided", STARTS + timedelta(days=2))
        await self._through(village, pass_, step, last_posted if step == "posted" else NOW - timedelta(days=9))

    async def _through(self, village: _Village, pass_: Pass, step: str, posted: datetime) -> None:
        reached = STEPS.index(step) if step in STEPS else len(STEPS)
        self._clock.at = posted - timedelta(days=1)
        if reached >= 1:
            await self._review(village, pass_, spare_last=pass_ is Pass.NEED and step == "decided")
        self._clock.at = posted
        if reached >= 2:
            await self._post(village, pass_, settled=reached >= 3)
        self._clock.at = posted + timedelta(days=5)
        if reached >= 3:
            async with self._units.begin() as unit:
                await close_due(unit.db, unit.journal, unit.now)
        self._clock.forward(timedelta(days=1))
        if reached >= 4:
            await self._rule(village, pass_, self._township, State.PROPOSED, refuse=step == "audited")
        self._clock.forward(timedelta(days=1))
        if reached >= 5:
            await self._send(village, pass_)
        self._clock.forward(timedelta(hours=3))
        if reached >= 6:
            await self._rule(
                village, pass_, self._county, State.BATCHED, refuse=step == "decided" and pass_ is Pass.GRANT
            )

    async def _file(self, village: _Village, count: int) -> None:
        for number, answers in enumerate(islice(self._households, count)):
            async with self._units.begin() as unit:
                contact = Contact(
                    id=new_id(unit.now),
                    channel="web",
                    address=f"demo-{village.code}-{number}",
                    language=HOME,
                    created_at=unit.now,
                )
                unit.db.add(contact)
                await unit.db.flush()
                key = f"demo:{village.code}:{number}"
                application = Application(key, contact.id, "apply", 1, {**answers, "village": village.code})
                (outcome,) = await receive(await unit.db.connection(), unit.journal, [application], unit.now)
                assert isinstance(outcome, Filed)  # noqa: S101 - the story's households are all different
            self._clock.forward(timedelta(hours=1))

    async def _at(self, village: _Village, pass_: Pass, state: State) -> list[Case]:
        stage = Need if pass_ is Pass.NEED else Grant
        async with self._database.read() as db:
            rows = await db.scalars(
                select(Case)
                .join(stage, stage.case_id == Case.id)
                .where(Case.village == village.code, stage.state == state.value)
                .order_by(Case.number)
            )
            return list(rows)

    async def _review(self, village: _Village, pass_: Pass, *, spare_last: bool) -> None:
        cases = await self._at(village, pass_, State.APPLIED)
        verdicts = dict(zip((case.id for case in cases), self._verdicts(cases, pass_), strict=True))
        if not spare_last and pass_ is Pass.NEED:
            verdicts[cases[-1].id] = Verdict(False, 3, 24, reason="家里有人在外务工，收入稳定，基本生活没有困难")
        async with self._units.begin() as unit:
            meeting = Meeting(
                china_date(unit.now) - timedelta(days=1),
                "representatives",
                27,
                "逐户介绍情况，逐户举手表决，结果当场宣布。",
            )
            await record_review(
                unit.db, unit.journal, village.reviewer, unit.now, village.code, pass_, meeting, verdicts
            )

    def _verdicts(self, cases: list[Case], pass_: Pass) -> Iterator[Verdict]:
        for index, case in enumerate(cases):
            if pass_ is Pass.NEED:
                yield Verdict(True, 24 - index, 2)
                continue
            tier = _TIERS[index % len(_TIERS)]
            amount = tier_amount_fen(SCHEME, tier, case.persons_in_need)
            yield Verdict(True, 24 - index, 2, tier=tier, amount_fen=amount)

    async def _post(self, village: _Village, pass_: Pass, *, settled: bool) -> None:
        async with self._units.begin() as unit:
            notice = await open_notice(
                unit.db, unit.journal, village.reviewer, unit.now, village.code, pass_, self._scheme_id
            )
        held = (await self._at(village, pass_, State.ON_NOTICE))[-1]
        self._clock.forward(timedelta(hours=20))
        async with self._units.begin() as unit:
            objection = await object_to(
                unit.db, unit.journal, village.reviewer, unit.now, notice.id, held.id, "听说他家今年买了新车，请核实"
            )
        if settled:
            self._clock.forward(timedelta(hours=20))
            async with self._units.begin() as unit:
                await settle(
                    unit.db,
                    unit.journal,
                    self._township,
                    unit.now,
                    objection.id,
                    upheld=False,
                    answer="到户核实，车是亲戚的，不在他家名下",
                )

    async def _rule(self, village: _Village, pass_: Pass, official: Official, state: State, *, refuse: bool) -> None:
        cases = await self._at(village, pass_, state)
        rulings = {case.id: Ruling(True) for case in cases}
        if refuse:
            rulings[cases[-1].id] = Ruling(False, "与民政低保台账比对，今年已领临时救助，不重复安排")
        async with self._units.begin() as unit:
            await rule_on(unit.db, unit.journal, official, unit.now, pass_, rulings)

    async def _send(self, village: _Village, pass_: Pass) -> None:
        cases = await self._at(village, pass_, State.AUDITED)
        async with self._units.begin() as unit:
            ids = [case.id for case in cases]
            await make_batch(unit.db, unit.journal, self._township, unit.now, pass_, ids)
