"""``nuandong archive make | verify | open``. The last two need nothing but the file: no settings, no database."""

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from sqlalchemy import select

from intake.archive.locked import SHORTEST, PasswordError, is_locked, lock, unlock
from intake.archive.making import NothingToArchiveError, Order, UnprovenError
from intake.archive.signature import fingerprint
from intake.archive.verify import verify_archive
from intake.county import CountyError
from intake.events import Event
from intake.models import Scheme
from intake.unit import Units
from service.archiver import pieces
from store.cipher import keyring
from store.clock import Clock
from store.database import Database

_SHOWN = 20
"""Faults that are printed; the rest is counted."""


def add_commands(commands: Any) -> None:
    """The commands and their options."""
    actions = commands.add_parser("archive", help="a season's archive").add_subparsers(dest="action", required=True)
    make = actions.add_parser("make", help="write a season's archive into a file")
    make.add_argument("--county", required=True, help="six digits, e.g. 410324")
    make.add_argument("--season", default="", help="e.g. 2022-2023; without it, the newest")
    make.add_argument("--out", required=True, type=Path, help="the file to write; it must not be there yet")
    _password(make, f"a file whose first line is a password of at least {SHORTEST} signs; without it nothing is sealed")
    check = actions.add_parser("verify", help="check an archive; needs nothing but the file")
    check.add_argument("file", type=Path)
    check.add_argument("--key", default="", help="the fingerprint that it has to be signed with (from the console)")
    _password(check, "a file with the password; without it you are asked")
    out = actions.add_parser("open", help="take the password off an archive")
    out.add_argument("file", type=Path)
    out.add_argument("--out", required=True, type=Path, help="the file to write; it must not be there yet")
    _password(out, "a file with the password; without it you are asked")


def _password(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--password-file", type=Path, metavar="FILE", help=about)


def anywhere(given: argparse.Namespace) -> int | None:
    """Do what needs no settings; None where it is something else. 0: it holds. 1: it does not. 2: it was not looked
    at."""
    if given.command != "archive" or given.action == "make":
        return None
    try:
        with given.file.open("rb") as file:
            return _verify(given, file) if given.action == "verify" else _open(given, file)
    except PasswordError as error:
        _say(f"nuandong: {given.file}: {error}")
    except ValueError as error:
        _say(f"{given.file} does not hold: {error}")
        return 1
    except OSError as error:
        _say(f"nuandong: {error.filename or given.file}: {error.strerror}")
    return 2


def _verify(given: argparse.Namespace, file: BinaryIO) -> int:
    with _plain(given, file) as opened:
        found = verify_archive(opened, given.key)
    for fault in found.faults[:_SHOWN]:
        _say(f"- {fault}")
    if more := len(found.faults) - _SHOWN:
        _say(f"- and {more} more") if more > 0 else None
    if found.faults or found.manifest is None:
        _say(f"{given.file} does not hold: {len(found.faults)} faults")
        return 1
    about, counts = found.manifest.about, found.manifest.counts
    _say(f"{given.file} holds: {about.county} {about.season}, made {about.made_at} by {about.made_by}")
    _say(f"{len(found.manifest.files)} files, {counts.get('cases', 0)} cases, {found.manifest.seq} events")
    _say(f"signed with the key {found.key}")
    if not given.key:
        _say("compare this key with the one on the county's page, or give it as --key")
    return 0


def _open(given: argparse.Namespace, file: BinaryIO) -> int:
    if not is_locked(file):
        _say(f"{given.file} has no password: open it as it is")
        return 2
    with _plain(given, file) as opened, _new(given.out) as out:
        while piece := opened.read(1 << 20):
            out.write(piece)
    _say(f"written: {given.out}")
    return 0


@contextmanager
def _plain(given: argparse.Namespace, file: BinaryIO) -> Iterator[BinaryIO]:
    """The archive without its password, in a file that nobody else sees."""
    if not is_locked(file):
        yield file
        return
    word = _read_password(given.password_file) if given.password_file else getpass.getpass("password: ")
    with TemporaryFile() as opened:
        for piece in unlock(file, word):
            opened.write(piece)
        opened.seek(0)
        yield opened


def _read_password(path: Path) -> str:
    return (path.read_text("utf-8").splitlines() or [""])[0].strip()


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    """A new file that is there whole or not at all; only its owner reads it.

    Raises:
        FileExistsError: there is one already.
    """
    if path.exists():
        raise FileExistsError(17, "is there already; take another name", str(path))
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


async def make(given: argparse.Namespace, database: Database, clock: Clock) -> None:
    """``archive make``.

    Raises:
        CountyError: what was wrong.
    """
    word = ""
    try:
        if given.password_file and len(word := _read_password(given.password_file)) < SHORTEST:
            raise CountyError(f"{given.password_file}: the password needs {SHORTEST} signs or more, e.g. four words")
        season = given.season or await _newest(database, given.county)
        order = Order(given.county, season, "operator", clock.now())
        with _new(given.out) as out, TemporaryFile() as plain:
            async for piece in pieces(database, order, _told):
                plain.write(piece)
            size = plain.tell()
            plain.seek(0)
            read = _pieces(plain)
            async for piece in lock(read, size, word, order.now, os.urandom(16)) if word else read:
                out.write(piece)
            async with Units(database, clock).begin() as unit:
                scheme = select(Scheme.id).where(Scheme.county == given.county, Scheme.season == season)
                data = {"county": given.county, "season": season, "size": size, "sealed": bool(word)}
                unit.journal.add(
                    Event(unit.now, "operator", "archive.made", f"scheme:{await unit.db.scalar(scheme)}", data)
                )
    except NothingToArchiveError as error:
        raise CountyError(f"there is no scheme of {given.county} {given.season}; see: nuandong scheme show") from error
    except UnprovenError as error:
        raise CountyError(f"nothing was written, for the season does not hold: {error}; see /admin/batches") from error
    except OSError as error:
        raise CountyError(f"{error.filename or given.out}: {error.strerror}") from error
    _say(f"written: {given.out}, {size} bytes, key {fingerprint(keyring().archive_keys()[0].public_key())}")
    if not word:
        _say("it has names, ID numbers and cards and no password: keep it where only those who may see them come")


async def _pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    while piece := file.read(1 << 20):
        yield piece
        await asyncio.sleep(0)


async def _newest(database: Database, county: str) -> str:
    async with database.read() as db:
        query = select(Scheme.season).where(Scheme.county == county).order_by(Scheme.season.desc()).limit(1)
        return await db.scalar(query) or ""


async def _told(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="\n" if done == of else "", file=sys.stderr)  # noqa: T201


def _say(text: str) -> None:
    print(text)  # noqa: T201 - to the person who typed the command
