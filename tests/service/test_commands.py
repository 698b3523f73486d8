"""The command line, as an operator uses it: real processes, a real database of each kind."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from admin.models import StaffSession
from admin.sessions import begin, find
from intake.sending import MisconfiguredError
from notifications.delivery import Delivery
from notifications.listener import Notifier
from store.clock import FixedClock
from store.database import Database
from tests.notifications.steps import Orders, Recorder, review
from tests.world import file_case, make_contact, make_world

ROOT = Path(__file__).parents[2]


def nuandong(database_url: str, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command."""
    environment = {
        "PATH": os.environ["PATH"],
        "NUANDONG_DATABASE_URL": database_url,
        "NUANDONG_SECRET_KEY": "a key for tests alone of 32 characters or more",
    }
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "service.cli", *arguments],
        cwd=ROOT,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_county_is_set_up_by_commands(database_url: str, tmp_path: Path) -> None:
    assert "1336 divisions added" in nuandong(database_url, "divisions", "load").stdout
    assert "0 divisions added" in nuandong(database_url, "divisions", "load").stdout
    example = ROOT / "docs" / "scheme-example.json"
    assert "version 1 is in force" in nuandong(database_url, "scheme", "load", str(example)).stdout
    shown = nuandong(database_url, "scheme", "show").stdout
    assert json.loads(shown) == json.loads(example.read_text("utf-8"))
    changed = tmp_path / "scheme.json"
    changed.write_text(json.dumps(json.loads(shown) | {"notice_days": 7}), encoding="utf-8")
    assert "version 2 is in force" in nuandong(database_url, "scheme", "load", str(changed)).stdout
    added = nuandong(
        database_url,
        "staff",
        "add",
        "li",
        "--name",
        "李",
        "--role",
        "county",
        "--division",
        "410324",
        typed="long enough\n",
    )
    assert "li is county of 410324" in added.stdout
    assert "events, the chain holds" in nuandong(database_url, "audit", "verify").stdout


def test_a_file_of_divisions_may_say_where_they_lie(database_url: str, tmp_path: Path) -> None:
    head, *lines = (ROOT / "intake" / "data" / "pilot_divisions.tsv").read_text("utf-8").splitlines()
    path = tmp_path / "divisions.tsv"

    def load(latitude: str) -> subprocess.CompletedProcess[str]:
        placed = [f"{line}\t{latitude}\t111.25" if "\t410324103201\t" in line else line for line in lines]
        path.write_text("\n".join([f"{head}\tlatitude\tlongitude", *placed]), encoding="utf-8")
        return nuandong(database_url, "divisions", "load", str(path))

    assert "1336 divisions added, 0 were there, 1 got coordinates" in load("33.5").stdout
    assert "0 divisions added, 1336 were there, 1 got coordinates" in load("33.6").stdout
    refused = load("北纬33.7")
    number = 2 + next(at for at, line in enumerate(lines) if "\t410324103201\t" in line)
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    assert f"divisions.tsv, line {number}: latitude is '北纬33.7'; write degrees" in refused.stderr
    assert "e.g. 33.7858" in refused.stderr
    assert "0 got coordinates" in nuandong(database_url, "divisions", "load").stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"county": "999999"}, "no such division: 999999"),
        ({"affected": {"120111": ["hail"]}}, "not in county 410324"),
        ({"tiers": {"ordinary": 9000}}, "ordinary"),
        ({"tiers": {"severe": 20000}}, "known are ordinary, heavier, special"),
        ({"season": "2022"}, "e.g. 2022-2023"),
        ({"notice_days": "5"}, "notice_days is '5'"),
        ({"opens_on": "soon"}, "is not a scheme"),
        ({"extra": 1}, "is not a scheme"),
    ],
)
def test_a_wrong_scheme_is_refused(database_url: str, tmp_path: Path, change: dict[str, object], said: str) -> None:
    nuandong(database_url, "divisions", "load")
    body = json.loads((ROOT / "docs" / "scheme-example.json").read_text("utf-8"))
    path = tmp_path / "scheme.json"
    path.write_text(json.dumps(body | change), encoding="utf-8")
    refused = nuandong(database_url, "scheme", "load", str(path))
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_official_is_refused(database_url: str) -> None:
    nuandong(database_url, "divisions", "load")
    village = ("staff", "add", "li", "--name", "李", "--role", "village", "--division")
    for division, typed, said in (
        ("410324", "long enough\n", "12 digits"),
        ("410324103201", "short\n", "8 characters"),
    ):
        refused = nuandong(database_url, *village, division, typed=typed)
        assert refused.returncode == 2
        assert said in refused.stderr
    assert nuandong(database_url, *village, "410324103201", typed="long enough\n").returncode == 0
    assert "take another" in nuandong(database_url, *village, "410324103201", typed="long enough\n").stderr


def test_an_unready_postgresql_and_a_wrong_setting_are_said_without_a_traceback(tmp_path: Path) -> None:
    refused = nuandong("mysql://root@localhost/x", "serve")
    assert refused.returncode == 2
    assert "sqlite:///" in refused.stderr
    assert "Traceback" not in refused.stderr
    fresh = nuandong(f"sqlite:///{tmp_path}/empty.db", "staff", "add", "li", "--name", "x", "--role", "admin")
    assert "nuandong db upgrade" in fresh.stderr


def test_officials_are_shut_out_let_in_and_listed_by_commands(database_url: str) -> None:
    add = ("staff", "add", "li", "--name", "李", "--role", "admin")
    nuandong(database_url, *add, typed="long enough\n")
    assert nuandong(database_url, "staff", "list").stdout == "li\tadmin\t-\tactive\t李\n"
    assert nuandong(database_url, "staff", "disable", "li").stdout == "li is disabled\n"
    assert "\tdisabled\t" in nuandong(database_url, "staff", "list").stdout
    assert nuandong(database_url, "staff", "enable", "li").stdout == "li is active\n"
    assert "8 characters" in nuandong(database_url, "staff", "password", "li", typed="short\n").stderr
    assert "at most 200" in nuandong(database_url, "staff", "password", "li", typed="x" * 201 + "\n").stderr
    assert "new password" in nuandong(database_url, "staff", "password", "li", typed="longer still\n").stdout
    unknown = nuandong(database_url, "staff", "disable", "wang")
    assert (unknown.returncode, "there is no wang" in unknown.stderr) == (2, True)
    assert nuandong(database_url, "audit", "verify").stdout == "4 events, the chain holds\n"


async def test_disabling_and_a_new_password_sign_an_official_out(database: Database, clock: FixedClock) -> None:
    world = await make_world(database, clock)
    for action, typed in (("disable", ""), ("password", "long enough\n")):
        async with database.write() as db:
            await begin(db, world.cun.id, clock.now())
            others = await begin(db, world.zhen.id, clock.now())
        url = database.url.render_as_string(hide_password=False)
        done = await asyncio.to_thread(nuandong, url, "staff", action, "cun", typed=typed)
        assert done.returncode == 0, done.stderr
        async with database.read() as db:
            assert await db.scalar(select(StaffSession).where(StaffSession.staff_id == world.cun.id)) is None
            assert await find(db, others, clock.now()) is not None


async def test_failed_messages_are_counted_and_ordered_again_by_commands(database: Database, clock: FixedClock) -> None:
    url = database.url.render_as_string(hide_password=False)
    orders = Orders()
    world = await make_world(database, clock, [Notifier(orders).listen])
    await review(world, await file_case(world, await make_contact(world, "wechat")))
    sender = Recorder([MisconfiguredError("wechat:40013")])
    await Delivery(database, clock, {"wechat": sender}, orders, jitter=lambda: 0.5).deliver(orders.taken[0].message_id)
    shown = await asyncio.to_thread(nuandong, url, "messages", "show")
    assert shown.stdout == "1\twechat\tfailed_technical\twechat:40013\n"
    retried = await asyncio.to_thread(nuandong, url, "messages", "retry")
    assert retried.stdout == "1 messages ordered again\n", retried.stderr
    shown = await asyncio.to_thread(nuandong, url, "messages", "show")
    assert "\twechat\tcreated" in shown.stdout
    table = "workflow_status" if database.is_sqlite else "dbos.workflow_status"
    async with database.connect() as connection:
        ordered = await connection.scalar(text(f"SELECT workflow_uuid FROM {table}"))
    assert ordered == f"deliver-{orders.taken[0].message_id}-2"


def test_the_help_says_where_the_demo_belongs() -> None:
    assert "for SQLite" in " ".join(nuandong("sqlite://", "--help").stdout.split())
