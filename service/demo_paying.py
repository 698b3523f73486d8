"""The demo's payments: a list that was made, one that two people released, one that came back in part and was paid
again; all by what officials do."""

import csv
from collections.abc import Sequence
from datetime import timedelta
from io import StringIO

from sqlalchemy import select

from intake.access import Official
from intake.bank_cards import give_card
from intake.models import Case, Household, PaymentLine, PaymentList
from intake.payments.bank_file import bank_file, yuan_text
from intake.payments.bank_returns import keep_return, see_return, take_return
from intake.payments.making import make_lists
from intake.payments.releasing import release
from intake.payments.sending import bank_rows, note_sent
from intake.payments.settling import settle_by_hand
from intake.scheme.banks import Bank
from intake.unit import Unit, Units
from locales import texts
from service import demo_people
from store.clock import FixedClock, china_date
from store.database import Database

_WRONG_NAME = "户名与账号不符"
_HOUR = timedelta(hours=1)


class Paying:
    """Pays the households of a township's villages."""

    def __init__(
        self, database: Database, clock: FixedClock, scheme_id: int, township: Official, county: Official
    ) -> None:
        self._database, self._clock, self._scheme_id = database, clock, scheme_id
        self._units = Units(database, clock)
        self._township, self._county = township, county
        self._cards = 0

    async def tell(self, paid: Sequence[Case], decided: Sequence[Case]) -> None:
        """``paid`` are paid by a list of which one line came back, and by another list; of ``decided`` the first stands
        on a released list, the second on one that was made, the others have no card yet."""
        for case in paid:
            await self._give(case)
        first = await self._made()
        await self._released(first)
        await self._sent(first)
        await self._answered(first)
        await self._give(paid[-1])
        again = await self._made()
        await self._released(again)
        await self._sent(again)
        async with self._units.begin() as unit:
            lines = list(await unit.db.scalars(select(PaymentLine.id).where(PaymentLine.list_id == again)))
            await settle_by_hand(unit, self._township, again, lines, {}, china_date(unit.now))
        await self._give(decided[0])
        await self._released(await self._made())
        await self._give(decided[1])
        await self._made()

    async def _give(self, case: Case) -> None:
        self._clock.forward(_HOUR)
        self._cards += 1
        async with self._units.begin() as unit:
            head = (await unit.db.get_one(Household, case.household_id)).head
            await give_card(unit, case.contact_id, None, case.number, demo_people.card(self._cards), head)

    async def _made(self) -> int:
        self._clock.forward(_HOUR)
        async with self._units.begin() as unit:
            made = await make_lists(unit, self._township, self._scheme_id, str(self._township.division), "central")
            return made[0].id

    async def _released(self, list_id: int) -> None:
        for official in (self._township, self._county):
            self._clock.forward(_HOUR / 4)
            async with self._units.begin() as unit:
                made = await unit.db.get_one(PaymentList, list_id)
                await release(unit, official, list_id, made.hash.hex())

    async def _sent(self, list_id: int) -> None:
        self._clock.forward(_HOUR / 4)
        async with self._units.begin() as unit:
            made = await unit.db.get_one(PaymentList, list_id)
            file = bank_file(*await bank_rows(unit.db, texts(), made))
            await note_sent(unit, self._township, list_id, file)

    async def _answered(self, list_id: int) -> None:
        self._clock.forward(2 * _HOUR)
        async with self._units.begin() as unit:
            kept = await keep_return(unit, self._township, list_id, await _answer(unit, list_id))
            return_id = kept.id
        async with self._database.read() as db:
            _kept, seen = await see_return(db, self._township, list_id, return_id)
        async with self._units.begin() as unit:
            await take_return(unit, self._township, list_id, return_id, seen.mark, china_date(unit.now))


async def _answer(unit: Unit, list_id: int) -> bytes:
    """What the bank says: the last payment came back."""
    made = await unit.db.get_one(PaymentList, list_id)
    answer = Bank.from_json(made.template).returned
    query = select(PaymentLine).where(PaymentLine.list_id == list_id).order_by(PaymentLine.position)
    lines = list(await unit.db.scalars(query))
    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow([answer.card, answer.amount, answer.result, answer.reason])
    for line in lines:
        result, why = (answer.failed[0], _WRONG_NAME) if line is lines[-1] else (answer.paid[0], "")
        rows.writerow([line.card, yuan_text(line.amount_fen), result, why])
    return text.getvalue().encode("gb18030")
