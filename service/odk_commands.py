"""``nuandong odk import``: what field teams collected with ODK or KoboToolbox, by the operator."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.channels.base import TurnsBusyError
from bot.faces.odk_import import Fetch, Importer, Result
from bot.faces.odk_read import LARGEST, OdkFileError, Record, read
from bot.faces.xlsform import FIELD
from intake.access import Official
from intake.county import CountyError
from intake.media import MAX_BYTES
from intake.models import Staff
from locales import Texts, texts
from service.house import House, open_house
from service.settings import Settings
from store.clock import SystemClock

MEDIA = ("", "media", "attachments")
"""Where photos lie beside a file: next to it, or in one of these folders, there also in one by the instance."""


def add_commands(commands: Any) -> None:
    """The command and its options."""
    odk = commands.add_parser("odk", help="forms collected with ODK or KoboToolbox").add_subparsers(
        dest="action", required=True
    )
    take = odk.add_parser(
        "import", help="take submissions from CSV, JSON or XML; what was taken before is not taken again"
    )
    take.add_argument("files", nargs="+", metavar="FILE", help="photos lie beside it, or in media/ or attachments/")
    take.add_argument("--flow", choices=FIELD, help="which form it is, where the file does not say it")
    take.add_argument("--staff", metavar="USERNAME", help="the official who collected them and acts")


async def run(settings: Settings, given: argparse.Namespace) -> int:
    """Import every file; 1 when something was refused.

    Raises:
        CountyError: no such official.
    """
    t = texts()
    async with open_house(settings, SystemClock(), "import") as house:
        official = await _official(house, t, given.staff) if given.staff else None
        refused = False
        try:
            for file in given.files:
                refused = await _file(house, t, Path(file), given.flow or "", official) or refused
        finally:
            await house.turns.close()
    return int(refused)


async def _official(house: House, t: Texts, username: str) -> Official:
    async with house.database.read() as db:
        staff = await db.scalar(select(Staff).where(Staff.username == username, Staff.active))
    if staff is None:
        raise CountyError(t("odk.wrong.staff", name=username))
    return Official.of(staff)


async def _file(house: House, t: Texts, path: Path, flow: str, official: Official | None) -> bool:
    """Import one file and say what became of it; whether something was refused."""
    try:
        records = await asyncio.to_thread(_records, path)
    except OdkFileError as error:
        _say(t(f"odk.wrong.{error.reason}", file=path))
        return True
    except OSError:
        _say(t("odk.wrong.missing", file=path))
        return True
    importer = Importer(house.database, house.clock, house.turns, t, beside(path), official)
    results: list[Result] = []
    busy = False
    for record in records:
        try:
            results.append(await importer.take(record, flow))
        except TurnsBusyError:
            busy = True
            break
        _tell(t, results[-1])
    counts = {state: sum(result.state == state for result in results) for state in ("made", "before", "refused")}
    _say(t("odk.file", file=path, **counts))
    if busy:
        _say(t("odk.wrong.busy", file=path))
    return busy or counts["refused"] > 0


def _records(path: Path) -> list[Record]:
    if path.stat().st_size > LARGEST:
        raise OdkFileError("large")
    return read(path.name, path.read_bytes())


def _tell(t: Texts, result: Result) -> None:
    reasons = "".join(result.reasons)
    if result.state == "refused":
        _say(t("odk.row", line=result.line, reasons=reasons))
    elif reasons:
        _say(t("odk.note", line=result.line, reasons=reasons))


def beside(path: Path) -> Fetch:
    """What finds the photos that lie beside a file. A name never leads out of their folders."""

    def find(instance: str, name: str) -> bytes | None:
        plain = Path(name.replace("\\", "/")).name
        if plain in ("", ".", ".."):
            return None
        own = instance.removeprefix("uuid:")
        for folder in _folders(path.parent, own):
            file = folder / plain
            if file.is_file() and not file.is_symlink() and file.stat().st_size <= MAX_BYTES:
                return file.read_bytes()
        return None

    async def fetch(instance: str, name: str) -> bytes | None:
        return await asyncio.to_thread(find, instance, name)

    return fetch


def _folders(parent: Path, instance: str) -> Sequence[Path]:
    own = instance if instance.replace("-", "").isalnum() else ""
    found = [parent / name for name in MEDIA]
    return [*found, *(folder / own for folder in found if own)]


def _say(text: str) -> None:
    print(text)  # noqa: T201 - to the person who typed the command
