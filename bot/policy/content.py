"""Reading the content files: one TOML file for each topic, a table for each question."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.policy.entry import ContentError, Entry, read

FOLDER = Path(__file__).parent / "content"


def load(folder: Path = FOLDER) -> dict[str, Entry]:
    """All entries of the folder's files by key, in order.

    Raises:
        ContentError: a file is no TOML, or an entry is not fit to be shown, or two have one key or one question.
    """
    entries: dict[str, Entry] = {}
    asked: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for key, raw in _tables(path).items():
            if not isinstance(raw, dict):
                raise ContentError(f"{path.name}: {key} stands outside of any entry")
            try:
                entry = read(key, raw)
            except ContentError as fault:
                raise ContentError(f"{path.name}: {fault}") from None
            if key in entries:
                raise ContentError(f"{path.name}: {key} stands in another file too")
            for text in (entry.question, *entry.variants):
                if asked.setdefault(text, key) != key:
                    raise ContentError(f"{path.name}: {key} and {asked[text]} have the same question: {text}")
            entries[key] = entry
    return entries


@cache
def entries() -> Mapping[str, Entry]:
    """The entries of this release, read once."""
    return load()


def _tables(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ContentError(f"{path.name}: {fault}") from None
