"""The command line: ``nuandong serve | work | demo | play | db | audit | divisions | scheme | staff | messages |
odk | archive``."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import store
from intake.county import CountyError
from intake.events import ChainBreak, verify
from notifications.work import EngineError
from service import archive_commands, county_commands, message_commands, odk_commands, play, schema, staff_commands
from service.demo_people import MOST
from service.house import SchemaError, upgrade
from service.keys import make_keyring
from service.run import serve, work
from service.settings import SettingError, Settings, read_settings
from store import cipher, migrate
from store.clock import Clock, SystemClock
from store.database import Database, DatabaseUrlError
from store.sqlite import SqliteTooOldError

assert store.sqlite, schema  # noqa: S101 - both are imported for what importing them does

T = TypeVar("T")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="nuandong", description="disaster relief by chat")
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="the web application (on SQLite with the delivery worker inside)")
    commands.add_parser("work", help="a delivery worker, beside web processes on PostgreSQL")
    demo = commands.add_parser(
        "demo",
        help="serve the demo county, with a clock that can be moved forward; for SQLite: a `work` process on "
        "PostgreSQL goes by the machine's clock and would close the demo's notices",
    )
    demo.add_argument(
        "--households",
        type=_households,
        default=0,
        metavar="N",
        help=f"a whole county of N made-up households (at most {MOST:,}) when the demo begins; without it a few dozen",
    )
    database = commands.add_parser("db", help="the database").add_subparsers(dest="action", required=True)
    database.add_parser("upgrade", help="bring the schema to this release")
    draft = database.add_parser("draft", help="write a migration from the models (for developers)")
    draft.add_argument("message")
    audit = commands.add_parser("audit", help="the event chain").add_subparsers(dest="action", required=True)
    audit.add_parser("verify", help="check that no event was changed or is missing")
    play.add_commands(commands)
    county_commands.add_commands(commands)
    staff_commands.add_commands(commands)
    message_commands.add_commands(commands)
    odk_commands.add_commands(commands)
    archive_commands.add_commands(commands)
    return top


def _households(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed) <= MOST):
        raise argparse.ArgumentTypeError(f"{typed!r} is no number from 0 to {MOST}, e.g. 20000")
    return int(typed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    given = parser().parse_args(arguments)
    if (done := archive_commands.anywhere(given)) is not None:
        return done
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        return _run(given, read_settings(os.environ))
    except (CountyError, SettingError, SchemaError, DatabaseUrlError, SqliteTooOldError) as error:
        print(f"nuandong: {error}", file=sys.stderr)  # noqa: T201 - to the person who typed the command
        return 2
    except EngineError as error:
        print(f"nuandong: {error}; see the log above", file=sys.stderr)  # noqa: T201
        return 1


def _run(given: argparse.Namespace, settings: Settings) -> int:
    match given.command:
        case "serve":
            _loop(serve(settings))
        case "demo":
            _loop(serve(settings, with_demo=True, households=given.households))
        case "work":
            _loop(work(settings))
        case "play":
            _loop(play.run(given))
        case "db":
            _loop(_database(settings, given))
        case "odk":
            return _loop(odk_commands.run(settings, given))
        case "audit":
            return _loop(_audit(settings))
        case "divisions" | "scheme" | "staff" | "messages" | "archive":
            _loop(_operator(settings, given))
    return 0


def _loop(coroutine: Coroutine[Any, Any, T]) -> T:
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return asyncio.run(coroutine)
    return uvloop.run(coroutine)


async def _database(settings: Settings, given: argparse.Namespace) -> None:
    from notifications.engine import Engine  # noqa: PLC0415 - slow to import

    cipher.bind(make_keyring(settings))
    database = Database(settings.database_url)
    engine = Engine(database.url, "upgrade")
    try:
        if given.action == "draft":
            await migrate.draft(database, given.message)
        else:
            await upgrade(database, engine)
    finally:
        await engine.stop()
        await database.close()


async def _operator(settings: Settings, given: argparse.Namespace) -> None:
    cipher.bind(make_keyring(settings))
    database, clock = Database(settings.database_url), SystemClock()
    try:
        if not await migrate.is_current(database):
            raise SchemaError("the database is not ready for this release; run: nuandong db upgrade")
        match given.command:
            case "messages":
                await _messages(database, given, clock)
            case "archive":
                await archive_commands.make(given, database, clock)
            case "staff":
                await staff_commands.run(given, database, clock)
            case _:
                await county_commands.run(given, database, clock)
    finally:
        await database.close()


async def _messages(database: Database, given: argparse.Namespace, clock: Clock) -> None:
    from notifications.engine import Engine  # noqa: PLC0415 - slow to import

    engine = Engine(database.url, "operator")
    try:
        await message_commands.run(given, database, engine, clock)
    finally:
        await engine.stop()


async def _audit(settings: Settings) -> int:
    database = Database(settings.database_url)
    try:
        async with database.read() as db:
            found = await verify(await db.connection())
    finally:
        await database.close()
    if isinstance(found, ChainBreak):
        print(f"the event chain breaks at event {found.seq}: {found.fault}")  # noqa: T201
        return 1
    print(f"{found} events, the chain holds")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
