"""``nuandong staff``: officials, by the operator."""

import argparse
import getpass
import sys
from typing import Any

from sqlalchemy import delete, select

from admin.models import StaffSession
from intake.county import CountyError, add_official
from intake.models import Staff
from intake.officials import set_active, set_password
from intake.procedure import OFFICIALS, Role
from intake.staff import LONGEST, hash_password
from intake.unit import Unit, Units
from store.clock import Clock
from store.database import Database

SHORTEST_PASSWORD = 8


def add_commands(commands: Any) -> None:
    """The commands and their options."""
    staff = commands.add_parser("staff", help="officials").add_subparsers(dest="action", required=True)
    add = staff.add_parser("add", help="add an official; asks for the password")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="the name that colleagues see")
    add.add_argument("--role", required=True, choices=[role.value for role in Role if role in OFFICIALS])
    add.add_argument("--division", help="12 digits for a village, 9 for a township, 6 for a county")
    for action, said in (
        ("disable", "shut the door to an official and sign them out everywhere"),
        ("enable", "let an official in again"),
        ("password", "give an official a new password and sign them out everywhere; asks for it"),
    ):
        staff.add_parser(action, help=said).add_argument("username")
    staff.add_parser("list", help="who there is: username, role, division, active or disabled, name")


async def run(given: argparse.Namespace, database: Database, clock: Clock) -> None:
    """Do what was asked.

    Raises:
        CountyError: what was wrong.
    """
    units = Units(database, clock)
    match given.action:
        case "add":
            await _add(units, given)
        case "disable" | "enable":
            async with units.begin() as unit:
                active = given.action == "enable"
                official = await set_active(unit.db, unit.journal, unit.now, given.username, active=active)
                await _sign_out(unit, official)
            _say(f"{given.username} is {_activity(official)}")
        case "password":
            hashed = await hash_password(_password(given.username))
            async with units.begin() as unit:
                await _sign_out(unit, await set_password(unit.db, unit.journal, unit.now, given.username, hashed))
            _say(f"{given.username} has a new password")
        case "list":
            async with database.read() as db:
                for official in await db.scalars(select(Staff).order_by(Staff.username)):
                    division = official.division or "-"
                    _say("\t".join((official.username, official.role, division, _activity(official), official.name)))


async def _add(units: Units, given: argparse.Namespace) -> None:
    hashed = await hash_password(_password(given.username))
    async with units.begin() as unit:
        official = await add_official(
            unit.db,
            unit.journal,
            unit.now,
            username=given.username,
            name=given.name,
            role=Role(given.role),
            division=given.division,
            password_hash=hashed,
        )
    _say(f"{given.username} is {official.role.value} of {official.division or 'no division'}")


async def _sign_out(unit: Unit, official: Staff) -> None:
    await unit.db.execute(delete(StaffSession).where(StaffSession.staff_id == official.id))


def _password(username: str) -> str:
    password = getpass.getpass(f"password for {username}: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
        raise CountyError(f"the password needs {SHORTEST_PASSWORD} characters or more, and at most {LONGEST}")
    return password


def _activity(official: Staff) -> str:
    return "active" if official.active else "disabled"


def _say(text: str) -> None:
    print(text)  # noqa: T201 - to the person who typed the command
