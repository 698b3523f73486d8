"""``nuandong play FLOW``: a flow in the terminal, as a channel shows it, over the demo county; nothing is kept."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from secrets import token_hex
from typing import Any

from bot.channels.shown import shown
from bot.flows import FLOWS
from bot.inbound import Inbound, Input, Kind
from locales import HOME, languages
from service.demo import Demo
from service.house import open_house
from service.settings import read_settings
from store.ids import new_id

CHANNELS = ("wechat", "telegram", "web")


def add_commands(commands: Any) -> None:
    """The command and its options."""
    play = commands.add_parser("play", help="try a flow in the terminal over the demo county; nothing is kept")
    play.add_argument("flow", choices=sorted(FLOWS))
    play.add_argument("--channel", choices=CHANNELS, default="wechat")
    play.add_argument("--language", choices=_languages(), default=HOME, metavar="LANGUAGE")


def _languages() -> list[str]:
    """Every language by its code, and by the short one before it (``bo`` for ``bo_CN``)."""
    return [*languages(), *(code.partition("_")[0] for code in languages() if "_" in code)]


async def run(given: argparse.Namespace) -> None:
    """Play with the person at the terminal."""
    await play(given.flow, given.channel, given.language, _typed(), lambda text: print(text, flush=True))  # noqa: T201


async def play(flow: str, channel: str, language: str, typed: Iterable[str], say: Callable[[str], None]) -> None:
    """Talk through ``flow``: each of ``typed`` is a message, what is answered goes to ``say``."""
    language = next(code for code in languages() if language in (code, code.partition("_")[0]))
    with tempfile.TemporaryDirectory(prefix="nuandong-play-") as folder:
        url = f"sqlite:///{Path(folder) / 'play.db'}"
        settings = read_settings({"NUANDONG_DATABASE_URL": url, "NUANDONG_DEMO_PASSWORD": token_hex(8)})
        async with Demo.open(settings) as demo, open_house(settings, demo.clock, "play") as house:
            await demo.fill(house)

            async def turn(sent: Input) -> None:
                number = str(new_id(demo.clock.now()))
                for reply in await house.turns.take(Inbound(channel, number, "play", sent)):
                    say(shown(channel, reply))

            await house.turns.take(Inbound(channel, "language", "play", Input(Kind.CHOICE, f"#language:{language}")))
            await turn(Input(Kind.CHOICE, f"home:{flow}"))
            lines = iter(typed)
            while (line := await asyncio.to_thread(next, lines, None)) is not None:
                await turn(Input(Kind.TEXT, line))


def _typed() -> Iterable[str]:
    for line in sys.stdin:
        yield line.rstrip("\n")
