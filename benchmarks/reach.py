"""``python -m benchmarks.reach``: what people get across, how many messages it takes, and who need not type.

Three measures: the messy answers of ``messy.toml`` (understood, refused with help, never taken for something else),
the messages of whole talks, and every question of every flow (short enough, answerable by a number or a tap).
Exit status 1: a goal was missed.
"""

import sys
from collections import Counter

from benchmarks.messy import Judged, corpus, judge, world
from benchmarks.typical import TALKS, messages, prompts, typed_only
from bot.answers.base import Given

UNDERSTOOD = 0.95
"""The least share of the answers that mean something."""
LONGEST_PROMPT = 120
"""The most Chinese characters of a question as it is sent."""


def main() -> int:
    """Print the measures; 1 where a goal was missed."""
    given = world()
    missed = [*_messy(given), *_talks(given), *_questions(given)]
    for line in missed:
        print("MISSED", line)
    return 1 if missed else 0


def _messy(given: Given) -> list[str]:
    """Judge the corpus."""
    counts: Counter[Judged] = Counter()
    wrong, again = [], []
    answers = corpus()
    for messy in answers:
        judged, became = judge(messy, given)
        counts[judged] += 1
        line = f"{messy.kind} {messy.text!r}: {became}, means {messy.refused or messy.means!r}"
        if judged is Judged.MISUNDERSTOOD:
            wrong.append(f"taken for something else: {line}")
        if judged is Judged.ASKED_AGAIN:
            again.append(line)
        if judged is Judged.REFUSED and became != messy.refused:
            wrong.append(f"refused for another reason: {line}")
    meant = sum(not messy.refused for messy in answers)
    share = counts[Judged.UNDERSTOOD] / meant
    print(f"{len(answers)} messy answers; of {meant} that mean something {share:.1%} are understood")
    print(f"  asked again: {counts[Judged.ASKED_AGAIN]}; refused with help: {counts[Judged.REFUSED]}", end="")
    print(f"; taken for something else: {counts[Judged.MISUNDERSTOOD]}")
    print(*(f"  asked again: {line}" for line in again), sep="\n")
    return [*wrong, *([f"only {share:.1%} understood"] if share < UNDERSTOOD else [])]


def _talks(given: Given) -> list[str]:
    missed = []
    for talk in TALKS:
        count = messages(talk, given)
        print(f"{talk.title}: {count} messages (at most {talk.most})")
        if count > talk.most:
            missed.append(f"{talk.title} takes {count} messages")
    return missed


def _questions(given: Given) -> list[str]:
    lengths = {name: len(text) for name, text in prompts(given)}
    longest = max(lengths, key=lambda name: lengths[name])
    typed = list(typed_only(given))
    print(f"{len(lengths)} questions, the longest {longest} with {lengths[longest]} characters")
    print(f"  answerable neither by a number nor by a tap, beside names, IDs and free text: {len(typed)}")
    long = [f"{name} has {length} characters" for name, length in lengths.items() if length > LONGEST_PROMPT]
    return [*long, *(f"{name} must be typed" for name in typed)]


if __name__ == "__main__":
    sys.exit(main())
