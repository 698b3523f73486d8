"""``nuandong messages``: what became of the notifications, and ordering again what failed."""

import argparse
from typing import Any

from notifications.orders import Queue
from notifications.retry import counts, retry
from store.clock import Clock
from store.database import Database


def add_commands(commands: Any) -> None:
    """The commands."""
    messages = commands.add_parser("messages", help="notifications").add_subparsers(dest="action", required=True)
    messages.add_parser("show", help="count them by channel, state and last error")
    messages.add_parser(
        "retry", help="order those again that are failed_technical or unknown, once the fault is mended"
    )


async def run(given: argparse.Namespace, database: Database, queue: Queue, clock: Clock) -> None:
    """Do what was asked."""
    if given.action == "retry":
        _say(f"{await retry(database, queue, clock.now())} messages ordered again")
        return
    for count in await counts(database):
        _say(f"{count.messages}\t{count.channel}\t{count.state}\t{count.error}".rstrip())


def _say(text: str) -> None:
    print(text)  # noqa: T201 - to the person who typed the command
