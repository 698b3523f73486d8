"""Funds and handouts of a small world, as officials write them down."""

from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw
from sqlalchemy import update

from intake.access import Official
from intake.batches.freeze import freeze
from intake.funds import pass_on_fund, receive_fund
from intake.handouts import SIGNATURE, Giving, hand_out
from intake.ledger.guards import Receipt
from intake.media import Media
from intake.models import Fund, Grant, Handout, Need
from intake.moves import scheme_of
from intake.procedure import Pass, State
from intake.scheme.parts import GOODS, MONEY
from store.ids import new_id
from tests.world import World, file_case

DAY = date(2022, 10, 20)


def drawn() -> bytes:
    """A made-up signature as a PNG."""
    picture = Image.new("RGB", (600, 240), "white")
    ImageDraw.Draw(picture).line((20, 20, 400, 200), fill="black", width=4)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


SIGNED = ((SIGNATURE, Media("image/png", drawn())),)


async def money(world: World, fen: int, who: Official | None = None, source: str = "central") -> Fund:
    """Money that the county (or ``who``) received."""
    async with world.units.begin() as unit:
        receipt = Receipt(source, MONEY, fen, DAY, "文〔2022〕1号")
        return await receive_fund(unit, who or world.xian, new_id(unit.now), receipt)


async def quilts(world: World, count: int, fen: int, who: Official | None = None, source: str = "province") -> Fund:
    """Quilts that the county (or ``who``) received."""
    async with world.units.begin() as unit:
        receipt = Receipt(source, GOODS, fen, DAY, item="棉被", unit="床", quantity=count)
        return await receive_fund(unit, who or world.xian, new_id(unit.now), receipt)


async def passed(world: World, fund: Fund, amount: int, on: date = DAY) -> Fund:
    """A part of the county's fund, passed on to the township."""
    async with world.units.begin() as unit:
        township = world.village[:9]
        return await pass_on_fund(unit, world.xian, new_id(unit.now), fund.id, township, amount, on, "")


async def granted(world: World, fen: int = 300_00, state: State = State.ACCEPTED, **changes: object) -> int:
    """A household whose grant the county accepted, put there by hand; the id of its case."""
    case_id = await file_case(world, **changes)
    now = world.clock.now()
    async with world.database.write() as db:
        await db.execute(update(Need).where(Need.case_id == case_id).values(state="accepted", accepted=True))
        db.add(Grant(case_id=case_id, state=state.value, tier="ordinary", amount_fen=fen, changed_at=now))
    return case_id


async def frozen(world: World, cases: list[int]) -> None:
    """A register and a batch of these households in both passes, as if they had gone the whole way."""
    async with world.units.begin() as unit:
        scheme, _content = await scheme_of(unit.db, world.scheme_id)
        for pass_ in Pass:
            for division in (world.village, world.village[:9]):
                await freeze(unit.db, unit.journal, None, unit.now, pass_, scheme, division, cases)


async def handed(
    world: World, case_id: int, pieces: dict[int, int], who: Official | None = None, **changes: object
) -> list[Handout]:
    """Goods that a household was given today, signed for."""
    async with world.units.begin() as unit:
        facts: dict[str, object] = {"pieces": pieces, "given_on": date(2022, 11, 1), "proofs": SIGNED} | changes
        return await hand_out(unit, who or world.cun, new_id(unit.now), case_id, Giving(**facts))  # type: ignore[arg-type]
