"""``nuandong divisions | scheme``: what an operator does once for a county."""

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import select

from intake.county import CountyError, save_divisions, save_scheme
from intake.divisions import read
from intake.models import Scheme, SchemeVersion
from intake.positions import PositionError
from intake.scheme import SchemeContent
from intake.unit import Units
from store.clock import Clock
from store.database import Database


def add_commands(commands: Any) -> None:
    """The commands and their options."""
    divisions = commands.add_parser("divisions", help="villages, townships, counties").add_subparsers(
        dest="action", required=True
    )
    load = divisions.add_parser(
        "load", help="add divisions from a file like intake/data/pilot_divisions.tsv; put their coordinates"
    )
    load.add_argument("file", nargs="?", help="without it, the pilot counties that ship with the product")
    scheme = commands.add_parser("scheme", help="a county's relief scheme").add_subparsers(dest="action", required=True)
    save = scheme.add_parser("load", help="take a scheme, or its next version, from a JSON file")
    save.add_argument("file")
    scheme.add_parser("show", help="print every scheme in force, as such files")


async def run(given: argparse.Namespace, database: Database, clock: Clock) -> None:
    """Do what was asked.

    Raises:
        CountyError: what was wrong.
    """
    units = Units(database, clock)
    match given.command, given.action:
        case "divisions", "load":
            await _load_divisions(units, given.file)
        case "scheme", "load":
            await _load_scheme(units, Path(given.file))
        case "scheme", "show":
            await _show_schemes(units)


async def _load_divisions(units: Units, file: str | None) -> None:
    source = Path(file) if file else files("intake").joinpath("data/pilot_divisions.tsv")
    try:
        rows = read(source.read_text("utf-8").splitlines())
    except PositionError as error:
        raise CountyError(f"{source}, {error}") from error
    except (OSError, KeyError, ValueError) as error:
        raise CountyError(f"{source} is not such a file: {error!r}; see intake/data/pilot_divisions.tsv") from error
    async with units.begin() as unit:
        saved = await save_divisions(unit.db, rows)
    _say(f"{saved.added} divisions added, {len(rows) - saved.added} were there, {saved.placed} got coordinates")


async def _load_scheme(units: Units, path: Path) -> None:
    try:
        body = json.loads(path.read_text("utf-8"))  # noqa: ASYNC240 - a command has nothing else to do meanwhile
        county, season = str(body.pop("county")), str(body.pop("season"))
        content = SchemeContent.from_json(body)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CountyError(f"{path} is not a scheme: {error!r}; see docs/scheme-example.json") from error
    async with units.begin() as unit:
        scheme = await save_scheme(unit.db, unit.journal, unit.now, county, season, content)
    _say(f"scheme {county} {season}: version {scheme.version} is in force")


async def _show_schemes(units: Units) -> None:
    async with units.database.read() as db:
        rows = await db.execute(
            select(Scheme.county, Scheme.season, SchemeVersion.content)
            .join(SchemeVersion, (SchemeVersion.scheme_id == Scheme.id) & (SchemeVersion.version == Scheme.version))
            .order_by(Scheme.id)
        )
        for row in rows:
            body = {"county": row.county, "season": row.season, **row.content}
            _say(json.dumps(body, ensure_ascii=False, indent=2))


def _say(text: str) -> None:
    print(text)  # noqa: T201 - to the person who typed the command
