"""``python -m benchmarks.archive``: the archive of a county of 20,000 households, made as the console makes it and then
checked; seconds, size and memory. Exit status 1: too slow, too large, or it does not hold."""

import argparse
import asyncio
import logging
import resource
import sys
import tempfile
from pathlib import Path
from time import monotonic, process_time

from sqlalchemy import select

import store
from benchmarks.big_county import open_site
from benchmarks.county import databases
from intake.archive.making import Order
from intake.archive.verify import verify_archive
from intake.models import Scheme
from service.archiver import pieces

assert store.sqlite  # first of ours: it brings the SQLite that we trust

MAKE_SECONDS, MEGABYTES = 180, 500


async def _told(done: int, of: int) -> None:
    if done % 50 == 0:
        print(f"  {done}/{of}", flush=True)


def _peak() -> int:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def measure(name: str, url: str, households: int, folder: Path) -> bool:
    """One database."""
    async with open_site(url, households) as site:
        house, before = site.house, _peak()
        async with house.database.read() as db:
            scheme = (await db.scalars(select(Scheme))).one()
        order, file = Order(scheme.county, scheme.season, "operator", house.clock.now()), folder / f"{name}.zip"
        start, worked = monotonic(), process_time()
        with file.open("wb") as out:
            async for piece in pieces(house.database, order, _told):
                out.write(piece)
        made, worked = monotonic() - start, process_time() - worked
        after = _peak()
    start = monotonic()
    with file.open("rb") as archive:
        found = verify_archive(archive)
    counts, size = found.manifest.counts if found.manifest else {}, file.stat().st_size
    good = not found.faults and made <= MAKE_SECONDS and after - before <= MEGABYTES
    print(
        f"{name}: made in {made:.0f} s ({worked:.0f} s of the processor), checked in {monotonic() - start:.0f} s, "
        f"{size / 1e6:.0f} MB, "
        f"memory {before} -> {after} MB, "
        f"{counts} {found.faults[:3]}{'' if good else '  OVER'}"
    )
    return good


async def run(given: argparse.Namespace) -> int:
    """Both databases, or one."""
    with tempfile.TemporaryDirectory() as name, databases(Path(name), with_postgresql=given.only != "SQLite") as urls:
        kinds = [given.only] if given.only else list(urls)
        return 0 if all([await measure(kind, urls[kind][0], given.households, Path(name)) for kind in kinds]) else 1


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--households", type=int, default=20_000, help="of the county (default 20000)")
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"), help="one database alone")
    logging.basicConfig(level=logging.WARNING)
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
