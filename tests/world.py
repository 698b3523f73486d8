"""A small real world for tests: 栾川's divisions, a scheme, officials, and households that applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from intake.access import Official
from intake.batches.sending import make_batch
from intake.county import add_official, save_divisions, save_scheme
from intake.divisions import Row, read
from intake.events import Journal, Listener
from intake.filing import Application, receive
from intake.id_number import check_digit
from intake.models import Contact, Grant, Need
from intake.outcomes import Filed
from intake.places import Places
from intake.procedure import Pass, Role, State
from intake.scheme import SchemeContent
from intake.unit import Units
from notifications.engine import Engine
from service.house import upgrade
from store.clock import Clock
from store.database import Database
from store.ids import new_id

DIVISIONS = Path(__file__).parents[1] / "intake" / "data" / "pilot_divisions.tsv"
SHIMEN = "410324103201"
"""潭头镇石门村."""
PASSWORD = "demo-password"
PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$/not/used"


def rows() -> list[Row]:
    """All divisions of the pilot file."""
    with DIVISIONS.open(encoding="utf-8") as lines:
        return read(lines)


def placed(where: Mapping[str, tuple[float, float]]) -> list[Row]:
    """栾川's divisions, some with coordinates that a test made up, by their code."""
    ours = [row for row in rows() if row.code.startswith("410324")]
    return [
        replace(row, latitude=where[row.code][0], longitude=where[row.code][1]) if row.code in where else row
        for row in ours
    ]


def content(**changes: Any) -> SchemeContent:
    """The scheme of 栾川 for 2022-2023, with changes."""
    facts: dict[str, Any] = {
        "title": "栾川县2022-2023年度受灾困难群众冬春救助",
        "document": "栾应急〔2022〕54号",
        "opens_on": date(2022, 10, 1),
        "closes_on": date(2023, 5, 30),
        "pay_before": date(2023, 1, 22),
        "tiers": {"ordinary": 100_00, "heavier": 200_00, "special": 300_00},
        "per_person_floor_fen": 100_00,
        "per_person_cap_fen": 300_00,
        "household_cap_fen": 2000_00,
        "affected": {"410324": ("hail", "drought", "frost")},
        "notice_days": 5,
        "notice_amounts": True,
        "equal_shares_from": 5,
        "families": {
            "destitute": "destitute",
            "subsistence": "subsistence",
            "near_subsistence": "other",
            "other": "other",
        },
        "hotline": "66789599",
        "contact_phone": "66789599",
    }
    return SchemeContent(**(facts | changes))


async def create_tables(database: Database) -> None:
    """Make every table by the migrations, and those of the delivery engine."""
    engine = Engine(database.url, "tests")
    await upgrade(database, engine)
    await engine.stop()


@dataclass
class World:
    """What :func:`make_world` made. ``village`` and ``other_village`` lie in one township, ``far_village`` in another."""

    database: Database
    clock: Clock
    units: Units
    scheme_id: int
    content: SchemeContent
    village: str
    other_village: str
    far_village: str
    cun: Official
    zhen: Official
    xian: Official
    places: Places | None = None
    """Where a test changed the divisions: what the talks know of them now."""
    contacts: list[int] = field(default_factory=list)
    filed: int = 0


def resident_id(number: int, county: str = "410324") -> str:
    """A made-up ID number with a valid check digit."""
    first17 = f"{county}{1950 + number % 50:04d}{1 + number % 12:02d}{1 + number % 28:02d}{100 + number % 900:03d}"
    return first17 + check_digit(first17)


async def make_world(
    database: Database, clock: Clock, listeners: Sequence[Listener] = (), season: str = "2022-2023", **changes: Any
) -> World:
    """栾川's divisions, the scheme of a season (with ``changes``), and cun, zhen, xian of 潭头镇."""
    all_rows = rows()
    villages = [row.code for row in all_rows if row.level == 5 and row.code.startswith("410324103")]
    far = next(row.code for row in all_rows if row.level == 5 and row.code.startswith("410324104"))
    scheme = content(**changes)
    people = {
        "cun": (Role.VILLAGE, SHIMEN),
        "zhen": (Role.TOWNSHIP, SHIMEN[:9]),
        "xian": (Role.COUNTY, "410324"),
    }
    officials: dict[str, Official] = {}
    async with Units(database, clock).begin() as unit:
        await save_divisions(unit.db, [row for row in all_rows if row.code.startswith("410324")])
        saved = await save_scheme(unit.db, Journal(), unit.now, "410324", season, scheme)
        for username, (role, division) in people.items():
            officials[username] = await add_official(
                unit.db,
                Journal(),
                unit.now,
                username=username,
                name=username,
                role=role,
                division=division,
                password_hash=PASSWORD_HASH,
            )
    units = Units(database, clock, listeners)
    return World(database, clock, units, saved.id, scheme, SHIMEN, villages[-1], far, **officials)


async def make_contact(world: World, channel: str = "web") -> int:
    """A contact on a channel."""
    now = world.clock.now()
    contact_id = new_id(now)
    async with world.database.write() as db:
        db.add(
            Contact(
                id=contact_id, channel=channel, address=f"someone-{contact_id}", language="zh_Hans_CN", created_at=now
            )
        )
    world.contacts.append(contact_id)
    return contact_id


def answers(number: int, village: str, **changes: Any) -> dict[str, Any]:
    """The answers of a made-up household, as the flow ``apply`` collects them."""
    given: dict[str, Any] = {
        "head": "王建国" if number % 2 else "李秀英",
        "id_number": resident_id(number),
        "phone": f"+8613800{number:06d}",
        "household_size": 4,
        "persons_in_need": 3,
        "village": village,
        "group": "三组",
        "categories": ["ordinary"],
        "disasters": ["hail"],
        "reliefs": ["winter_spring"],
        "reason": "冰雹打坏了玉米，粮食不够吃",
        "remarks": "",
    }
    return given | changes


async def file_case(world: World, contact_id: int | None = None, **changes: Any) -> int:
    """File one made-up household's application; the id of its case."""
    world.filed += 1
    contact = contact_id or await make_contact(world)
    village = changes.pop("village", world.village)
    application = Application(
        key=f"test:{world.filed}",
        contact_id=contact,
        flow="apply",
        flow_version=1,
        answers=answers(world.filed, village, **changes),
    )
    async with world.units.begin() as unit:
        (outcome,) = await receive(await unit.db.connection(), unit.journal, [application], unit.now)
    assert isinstance(outcome, Filed), outcome
    return outcome.case_id


def days(number: int) -> timedelta:
    """``number`` whole days."""
    return timedelta(days=number)


async def send_up(world: World, pass_: Pass) -> int:
    """zhen puts everything that she has audited on a batch; its id, 0 where there is nothing."""
    stage: Any = Need if pass_ is Pass.NEED else Grant
    async with world.units.begin() as unit:
        audited = list(await unit.db.scalars(select(stage.case_id).where(stage.state == State.AUDITED.value)))
        if not audited:
            return 0
        return (await make_batch(unit.db, unit.journal, world.zhen, unit.now, pass_, audited)).id
