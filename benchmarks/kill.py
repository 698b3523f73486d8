"""``kill -9`` in the middle of the run: nothing that was acknowledged is lost, and nobody has two cases."""

import signal
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop
from sqlalchemy import func, select

from benchmarks import servers
from benchmarks.driver import Order
from benchmarks.people import STEPS, Person
from benchmarks.signed import openid
from bot.models import SessionRow
from intake.events import ChainBreak, verify
from intake.filing import id_index
from intake.models import Case, Contact, EventRow, Household, Submission
from store.database import Database


@dataclass(frozen=True, slots=True)
class Killed:
    """What the kill left: people who had begun, messages acknowledged before it, and every fault found."""

    people: int
    messages: int
    answers: int
    faults: list[str]


def kill(database_url: str, folder: Path, *, users: int, after: float) -> Killed:
    """Kill the server ``after`` seconds of talk, look at the database, restart, let everyone finish, look again."""
    core, other = servers.cores()
    run = int(time.time())
    with servers.product(core, folder, database_url) as server:
        order = Order(port=server.port, pid=server.pid, run=run, first=0, users=users, seconds=0, ready=users)
        driver = servers.start_driver(order, other)
        time.sleep(after)
        server.end(signal.SIGKILL)
        before = servers.finish(driver)
    faults = [before.first_fault] if before.faults else []
    answers, missing = uvloop.run(lost(database_url, run, before.acknowledged))
    unfinished = [(number, step) for number, step in before.acknowledged.items() if step < STEPS]
    if not unfinished:
        faults.append("everyone had finished before the kill")
    with servers.product(core, folder, database_url) as server:
        order = Order(
            port=server.port,
            pid=server.pid,
            run=run,
            first=0,
            users=min(users, len(unfinished)),
            seconds=0,
            resume=unfinished,
        )
        after_all = servers.finish(servers.start_driver(order, other))
    faults += [after_all.first_fault] if after_all.faults else []
    faults += [
        f"person {number} could not finish" for number, _ in unfinished if after_all.acknowledged.get(number) != STEPS
    ]
    doubled = uvloop.run(not_one_case(database_url, before.acknowledged))
    return Killed(len(before.acknowledged), before.messages, answers, [*faults, *missing, *doubled])


async def lost(url: str, run: int, acknowledged: Mapping[int, int]) -> tuple[int, list[str]]:
    """How many acknowledged answers there are, and those that the database does not hold."""
    database = Database(url)
    try:
        contacts, drafts, sent = await _held(database)
    finally:
        await database.close()
    answers, faults = 0, []
    for number, steps in acknowledged.items():
        contact_id = contacts.get(openid(run, number))
        if steps and contact_id is None:
            faults.append(f"person {number} is not known after the kill")
        held = sent.get(contact_id) or drafts.get(contact_id) or {}
        due = Person.made_up(number).answered(steps)
        answers += len(due)
        faults += [f"person {number} lost {key}" for key, value in due.items() if key not in held or held[key] != value]
        if steps == STEPS and contact_id not in sent:
            faults.append(f"person {number} lost their application")
    return answers, faults


async def _held(database: Database) -> tuple[dict[str, int], dict[int | None, Any], dict[int | None, Any]]:
    """Contacts by openid; the answers in their drafts, and in what they handed in."""
    async with database.read() as db:
        contacts = {row.address: row.id for row in await db.execute(select(Contact.address, Contact.id))}
        rows = await db.execute(select(SessionRow.contact_id, SessionRow.document))
        drafts: dict[int | None, Any] = {row.contact_id: row.document["answers"] for row in rows}
        rows = await db.execute(select(Submission.contact_id, Submission.content))
        sent: dict[int | None, Any] = {row.contact_id: row.content["answers"] for row in rows}
    return contacts, drafts, sent


async def not_one_case(url: str, people: Mapping[int, int]) -> list[str]:
    """Who has no case or several; and whether the event chain holds."""
    database = Database(url)
    try:
        async with database.read() as db:
            found = await db.scalars(select(Household.id_index).join(Case, Case.household_id == Household.id))
            cases = Counter(found)
        async with database.connect() as connection:
            chain = await verify(connection)
            filed = await connection.scalar(select(func.count()).where(EventRow.kind == "case.filed"))
    finally:
        await database.close()
    due = {id_index(Person.made_up(number).answers["id_number"]): number for number in people}
    faults = [f"person {number} has {cases[index]} cases" for index, number in due.items() if cases[index] != 1]
    if cases.total() != len(due):
        faults.append(f"{cases.total()} cases of {len(due)} households")
    if filed != len(due) or isinstance(chain, ChainBreak):
        faults.append(f"{filed} events of {len(due)} applications; the chain: {chain}")
    return faults
