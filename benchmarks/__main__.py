"""``python -m benchmarks``: the table, then the kill. Exit status 1: a goal was missed or something was lost."""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import uvloop

import store
from benchmarks import servers, table

assert store.sqlite  # first of ours: it brings the SQLite that we trust


def parser() -> argparse.ArgumentParser:
    """The options."""
    top = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    top.add_argument("--seconds", type=float, default=5, help="measured seconds of each drive (default 5)")
    top.add_argument("--pairs", type=int, default=3, help="bare handler and product by turns, so often (default 3)")
    top.add_argument("--users", type=int, default=128, help="people who talk at the same time (default 128)")
    top.add_argument("--only", choices=("sqlite", "aes", "postgresql"), help="one line of the table alone")
    top.add_argument("--skip-kill", action="store_true", help="no kill -9")
    top.add_argument("--goal-sqlite", type=float, default=0.35, help="least ratio on SQLite (default 0.35)")
    top.add_argument("--goal-postgresql", type=float, default=0.3, help="least ratio on PostgreSQL (default 0.3)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the options say."""
    given = parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    core, other = servers.cores()
    psutil.Process().cpu_affinity([other])  # PostgreSQL inherits it; the server under test has its core alone
    print(f"server on core {core}, driver and PostgreSQL on core {other}; {given.users} people at a time")
    with tempfile.TemporaryDirectory(prefix="nuandong-bench-") as name:
        os.environ.setdefault("XDG_RUNTIME_DIR", name)
        try:
            return _run(given, Path(name))
        except servers.ServerError as error:
            print(f"the benchmark could not run: {error}", file=sys.stderr)
            return 1


def _run(given: argparse.Namespace, folder: Path) -> int:
    from benchmarks.county import databases, prepare
    from benchmarks.kill import kill
    from benchmarks.measure import Plan, measure

    good = True
    with databases(folder, with_postgresql=given.only in (None, "postgresql")) as urls:
        plans = {
            "sqlite": Plan("SQLite", "SQLite", urls["SQLite"][0], goal=given.goal_sqlite),
            "aes": Plan("SQLite, AES", "SQLite", urls["SQLite"][1], aes=True),
        }
        if "PostgreSQL" in urls:
            postgresql = urls["PostgreSQL"][0]
            plans["postgresql"] = Plan("PostgreSQL", "PostgreSQL", postgresql, goal=given.goal_postgresql)
        chosen = [plans[given.only]] if given.only else list(plans.values())
        print(table.head())
        for plan in chosen:
            durable = uvloop.run(prepare(plan.database_url))
            found = measure(plan, folder, users=given.users, seconds=given.seconds, pairs=given.pairs)
            print(f"{table.lines(found)}\n  {durable}", flush=True)
            good &= found.met
        for kind in dict.fromkeys(plan.kind for plan in chosen) if not given.skip_kill else ():
            uvloop.run(prepare(urls[kind][-1]))
            left = kill(urls[kind][-1], folder, users=given.users, after=given.seconds)
            print(table.killed(kind, left), flush=True)
            good &= not left.faults
    if not good:
        print("the benchmark FAILED: see above")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
