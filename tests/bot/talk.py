"""Golden talks: files that read like a chat, walked through the real turns, and rewritten with ``--rewrite-talks``.

A line ``> text`` is what the person sends, ``< text`` what they are answered (choices are numbered lines). Other kinds
of message are written ``> [tap apply:consent:yes]``, ``> [scene v410324103201]``, ``> [photo]``. ``# …`` is a remark, and ``! days 3``
moves the clock; ``! person 2`` lets someone else speak.
"""

import re
from collections.abc import Callable
from pathlib import Path

from bot.channels.base import numbered
from bot.inbound import Inbound, Input, Kind
from bot.turns import BatchedTurns
from store.clock import FixedClock
from tests.world import days

_SPECIAL = re.compile(r"\[(?P<kind>\w+) ?(?P<text>[^\]]*)\]")


def read_input(line: str) -> Input:
    """What a ``>`` line sends."""
    special = _SPECIAL.fullmatch(line)
    if special is None:
        return Input(Kind.TEXT, line)
    kind = Kind.CHOICE if special["kind"] == "tap" else Kind(special["kind"])
    return Input(kind, special["text"])


class Talk:
    """Walks one file."""

    def __init__(self, turns: BatchedTurns, clock: FixedClock, channel: str = "web") -> None:
        self.turns = turns
        self.clock = clock
        self.channel = channel
        self.person = "1"
        self.count = 0

    async def say(self, sent: Input) -> str:
        """The bot's answer to one message."""
        self.count += 1
        replies = await self.turns.take(Inbound(self.channel, f"m{self.count}", f"person-{self.person}", sent))
        return "\n".join(numbered(reply) for reply in replies)

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
            elif line.startswith("> "):
                answer = blank(await self.say(read_input(line[2:])))
                lines += [f"< {part}".rstrip() for part in answer.splitlines()]
        return "\n".join(lines) + "\n"


async def check(path: Path, talk: Talk, *, rewrite: bool) -> None:
    """Walk a golden file and compare; with ``rewrite`` write what the bot says today instead."""
    text = path.read_text(encoding="utf-8")  # noqa: ASYNC240 - a small file of the tests' own
    walked = await talk.walk(text, lambda answer: answer)
    if rewrite:
        path.write_text(walked, encoding="utf-8")  # noqa: ASYNC240
    else:
        assert walked == text
