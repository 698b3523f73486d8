"""Money and goods of the demo county: received, passed on, and quilts handed out to the first who were paid."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import func, select

from intake.access import Official
from intake.funds import pass_on_fund, receive_fund
from intake.handouts import SIGNATURE, Giving, hand_out
from intake.ledger.guards import Receipt
from intake.media import Media
from intake.models import Case, Fund, Grant, Staff
from intake.procedure import Role, State
from intake.scheme.parts import GOODS, MONEY
from intake.unit import Units
from service.demo_story import NOW
from store.clock import FixedClock, china_date
from store.database import Database
from store.ids import new_id

CAME = datetime(2022, 10, 20, 2, 0, tzinfo=UTC)
"""When money and goods came to the county."""
_GRANTED = (State.ACCEPTED.value, State.PAID.value)
_DAY = timedelta(days=1)
_HOUSEHOLDS = 3


class Supplies:
    """Brings money and goods into a county whose households are there already."""

    def __init__(self, database: Database, county: Official) -> None:
        self._database, self._county = database, county
        self._clock = FixedClock(CAME)
        self._units = Units(database, self._clock)

    async def bring(self) -> None:
        """What the county received, what each township with grants got of it, and a few handouts."""
        needs = await self._needs()
        quilts = [20 + 2 * households for households, _ in needs.values()]
        money = await self._received("central", MONEY, sum(fen for _, fen in needs.values()) + 50_000_00)
        goods = await self._received("province", GOODS, sum(quilts) * 120_00, sum(quilts))
        self._clock.forward(5 * _DAY)
        for township, pieces in zip(needs, quilts, strict=True):
            await self._passed(money, township, needs[township][1])
            await self._passed(goods, township, pieces)
        self._clock.at = NOW - timedelta(hours=12)
        await self._handed()

    async def _needs(self) -> Mapping[str, tuple[int, int]]:
        """Households and fen that were granted, by township."""
        township = func.substr(Case.village, 1, 9).label("township")
        query = select(township, func.count(), func.sum(Grant.amount_fen)).join(Grant, Grant.case_id == Case.id)
        async with self._database.read() as db:
            rows: Any = await db.execute(
                query.where(Grant.state.in_(_GRANTED)).group_by("township").order_by("township")
            )
            return {code: (households, int(fen)) for code, households, fen in rows}

    async def _received(self, source: str, kind: str, fen: int, pieces: int = 0) -> Fund:
        item, unit = ("棉被", "床") if kind == GOODS else ("", "")
        receipt = Receipt(source, kind, fen, self._today, "豫财建〔2022〕178号", item, unit, pieces)
        async with self._units.begin() as work:
            return await receive_fund(work, self._county, new_id(work.now), receipt)

    async def _passed(self, fund: Fund, township: str, amount: int) -> None:
        async with self._units.begin() as unit:
            await pass_on_fund(unit, self._county, new_id(unit.now), fund.id, township, amount, self._today, "")

    async def _handed(self) -> None:
        async with self._database.read() as db:
            paid = select(Case).join(Grant, Grant.case_id == Case.id).where(Grant.state == State.PAID.value)
            cases = list(await db.scalars(paid.order_by(Case.number).limit(_HOUSEHOLDS)))
            staff = {
                one.division: one for one in await db.scalars(select(Staff).where(Staff.role == Role.TOWNSHIP.value))
            }
            stock = {one.division: one.id for one in await db.scalars(select(Fund).where(Fund.kind == GOODS))}
        proof = ((SIGNATURE, Media("image/png", signature())),)
        for case in cases:
            township = case.village[:9]
            giving = Giving({stock[township]: 2}, self._today, proofs=proof)
            async with self._units.begin() as unit:
                await hand_out(unit, Official.of(staff[township]), new_id(unit.now), case.id, giving)

    @property
    def _today(self) -> date:
        return china_date(self._clock.now())


def signature() -> bytes:
    """A made-up stroke as a PNG."""
    picture = Image.new("RGB", (600, 240), "white")
    ImageDraw.Draw(picture).line([(60, 160), (150, 60), (220, 180), (330, 70), (420, 170), (540, 90)], "black", 5)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
