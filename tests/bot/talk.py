"""Golden talks: files that read like a chat, walked through the real turns, and rewritten with ``--rewrite-talks``.

A line ``> text`` is what the person sends, ``< text`` what they are answered (choices are numbered lines). Other kinds
of message are written ``> [tap consent:yes]``, ``> [scene v410324103201]``, ``> [photo file-1]``, ``> [voice file-2|words]``,
``> [location 33.8,111.6|address]``. ``# …`` is a remark, ``! days 3`` moves the clock; ``! person 2`` lets someone else
speak; other ``! …`` lines arrange the world: see :mod:`tests.bot.stage`. The answers stand as the channel shows them: WeChat's numbered lists, Telegram's buttons in brackets.
"""

import re
from collections.abc import Callable
from pathlib import Path

from bot.channels.shown import shown
from bot.inbound import Inbound, Input, Kind
from bot.turns import BatchedTurns
from store.clock import FixedClock
from tests.bot.stage import arrange
from tests.world import World, days

_RECEIPT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}\b")
"""What is random in an answer: a receipt code."""
_SPECIAL = re.compile(r"\[(?P<kind>\w+) ?(?P<text>[^\]]*)\]")


def read_input(line: str) -> Input:
    """What a ``>`` line sends."""
    special = _SPECIAL.fullmatch(line)
    if special is None:
        return Input(Kind.TEXT, line)
    kind = Kind.CHOICE if special["kind"] == "tap" else Kind(special["kind"])
    first, _, second = special["text"].partition("|")
    if kind in (Kind.PHOTO, Kind.VOICE):
        return Input(kind, second, media=first)
    return Input(kind, first, label=second)


class Talk:
    """Walks one file."""

    def __init__(
        self, turns: BatchedTurns, clock: FixedClock, channel: str = "web", world: World | None = None
    ) -> None:
        self.turns = turns
        self.clock = clock
        self.channel = channel
        self.world = world
        self.person = "1"
        self.count = 0

    async def say(self, sent: Input) -> str:
        """The bot's answer to one message."""
        self.count += 1
        replies = await self.turns.take(Inbound(self.channel, f"m{self.count}", f"person-{self.person}", sent))
        return "\n".join(shown(self.channel, reply) for reply in replies)

    async def walk(self, text: str, blank: Callable[[str], str]) -> str:
        """The file again, with the answers that the bot gives today; ``blank`` hides what differs each time."""
        lines: list[str] = []
        for line in text.splitlines():
            if line.startswith("<"):
                continue
            lines.append(line)
            if line.startswith("! days "):
                self.clock.forward(days(int(line.split()[2])))
            elif line.startswith("! person "):
                self.person = line.split()[2]
            elif line.startswith("! "):
                assert self.world is not None
                await arrange(self.world, *line[2:].split())
            elif line.startswith("> "):
                answer = blank(await self.say(read_input(line[2:])))
                lines += [f"< {part}".rstrip() for part in answer.splitlines()]
        return "\n".join(lines) + "\n"


async def check(path: Path, script: Path, talk: Talk, *, rewrite: bool) -> None:
    """Walk a golden file and compare; with ``rewrite`` walk ``script`` and write what the bot says today instead."""
    text = (script if rewrite else path).read_text(encoding="utf-8")
    walked = await talk.walk(text, lambda answer: _RECEIPT.sub("<receipt>", answer))
    if rewrite:
        path.write_text(walked, encoding="utf-8")  # noqa: ASYNC240
    else:
        assert walked == text
