"""Every guard of the product, found in its code: a guard is a place where ``intake`` makes a refusal."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import intake
from intake.procedure import TABLE
from locales.catalogs import HOME, messages

_PAYING = "refused"
"""What makes the refusals about payment lists, out of the last part of their keys."""
_CLOSING = "ClosingError"
"""Refusals of the end of a season have codes; the page says ``admin.closing.wrong.<code>``."""


def all_guards() -> Mapping[str, frozenset[str]]:
    """The keys of what each guard says, by ``module.function`` (or the name of a refusal that is always the same)."""
    found: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    root = Path(next(iter(intake.__path__)))
    for path in sorted(root.rglob("*.py")):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if (name := _name(node)) == _PAYING:
                continue
            for key in _keys(node):
                found[f"{module}.{name}"].add(key)
    plain = {key for keys in found.values() for key, sure in keys if sure}
    guards = {name: frozenset(key for key, sure in keys if sure or key not in plain) for name, keys in found.items()}
    tabled = {f"{guard.__module__.removeprefix('intake.')}.{guard.__name__}" for row in TABLE for guard in row.guards}
    assert tabled - guards.keys() <= {"rules.actors.is_theirs"}, "a guard of the table says nothing of its own"
    return guards


def pattern(key: str) -> re.Pattern[str]:
    """What a text of the catalogs looks like when its fields are filled in, without blanks."""
    parts = re.split(r"\{[^}]*\}", "".join(messages(HOME)[key].split()))
    return re.compile(".*?".join(map(re.escape, parts)))


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return str(getattr(node, "name", "module"))


def _keys(node: ast.stmt) -> Iterator[tuple[str, bool]]:
    """Keys of refusals, each with whether it stands there in full."""
    for call in ast.walk(node):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        if call.func.id == "Refusal":
            yield from (pair for one in call.args[1:2] for pair in _said(one) if pair[0].startswith("refusal."))
        elif call.func.id == _PAYING:
            yield from (pair for one in call.args[1:2] for pair in _said(one, "refusal.pay."))
        elif call.func.id == _CLOSING:
            yield from (pair for one in call.args[:1] for pair in _said(one, "admin.closing.wrong."))


def _said(argument: ast.expr, before: str = "") -> list[tuple[str, bool]]:
    """The keys that an argument can be, with what stands before them; of one with a field in it all that begin
    alike."""
    if isinstance(argument, ast.Constant):
        return [(before + str(argument.value), True)]
    if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        start = before + str(argument.values[0].value)
        return [(key, False) for key in messages(HOME) if key.startswith(start)]
    return []


def tripped(said_no: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Guards with the keys that were read, of ``key`` alone where one guard says it, else of ``guard:key``."""
    makers: dict[str, set[str]] = defaultdict(set)
    for guard, keys in all_guards().items():
        for key in keys:
            makers[key].add(guard)
    found = set()
    for said in said_no:
        guard, _, key = said.rpartition(":")
        assert guard or len(makers[key]) == 1, f"which of them says {key}? {sorted(makers[key])}"
        found.add((guard or next(iter(makers[key])), key))
    return frozenset(found)
