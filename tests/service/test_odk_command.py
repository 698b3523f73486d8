"""``nuandong odk import``, as an operator uses it."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.models import Case, Contact, EventRow
from intake.scheme.parts import Dates
from intake.sending import UnreachableError
from intake.spring_festival import spring_festival
from service.senders import OneWay
from store.clock import SystemClock, china_date
from store.database import Database
from tests.faces.collected import as_csv, household
from tests.service.test_commands import nuandong
from tests.world import make_world


async def test_a_file_is_imported_once_and_what_is_wrong_is_said(database: Database, tmp_path: Path) -> None:
    year = china_date(SystemClock().now()).year
    open_now = {"opens_on": date(year, 1, 1), "closes_on": date(year, 12, 31), "dates": Dates()}
    open_now["pay_before"] = spring_festival(year + 1)
    world = await make_world(database, SystemClock(), season=f"{year}-{year + 1}", **open_now)
    url = database.url.render_as_string(hide_password=False)
    file = tmp_path / "collected.csv"
    file.write_bytes(as_csv([household(1), household(2, phone="12")]))
    first = await asyncio.to_thread(nuandong, url, "odk", "import", str(file), "--staff", "cun")
    assert first.returncode == 1, first.stderr
    assert "第 3 行：没收。联系电话：" in first.stdout
    assert "新收 1 份，以前收过 0 份，没收 1 份" in first.stdout
    file.write_bytes(as_csv([household(1)]))
    again = await asyncio.to_thread(nuandong, url, "odk", "import", str(file), "--staff", "cun")
    assert (again.returncode, "新收 0 份，以前收过 1 份" in again.stdout) == (0, True)
    async with database.read() as db:
        case = (await db.scalars(select(Case))).one()
        contact = await db.get_one(Contact, case.contact_id)
        filed = (await db.scalars(select(EventRow.kind).where(EventRow.subject == f"case:{case.id}"))).all()
    assert contact.staff_id == world.cun.id
    assert filed == ["case.filed"]
    assert "the chain holds" in (await asyncio.to_thread(nuandong, url, "audit", "verify")).stdout


def test_what_cannot_be_imported_is_said_without_a_traceback(database_url: str, tmp_path: Path) -> None:
    nuandong(database_url, "db", "upgrade")
    wrong = tmp_path / "a.xlsx"
    wrong.write_bytes(b"PK")
    for arguments, status, said in (
        ((str(wrong),), 1, "请给 CSV、JSON 或 XML"),
        ((str(tmp_path / "none.csv"),), 1, "没有"),
        ((str(wrong), "--staff", "nobody"), 2, "没有 nobody 这个在用的账号"),
    ):
        done = nuandong(database_url, "odk", "import", *arguments)
        assert (done.returncode, said in done.stdout + done.stderr) == (status, True), done
        assert "Traceback" not in done.stderr


async def test_nobody_is_told_anything_where_there_is_no_way_back() -> None:
    with pytest.raises(UnreachableError, match="odk:one_way"):
        await OneWay("odk").send("collect:one", "text")
