"""Every rule of the plan has tests that are named by it, and every refusal that the code can say is tested by its key."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULES = [f"L{number}" for number in range(1, 13)]
_TEST = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)
_REFUSAL = re.compile(r'Refusal\(\s*"(\w+)",\s*"refusal\.([\w.]+)"')


def written() -> str:
    """All tests, but this one."""
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))


def named() -> set[str]:
    """The rules that some test is named by: ``test_L6_…`` and ``test_L4_L6_…``."""
    return {part for name in _TEST.findall(written()) for part in name.split("_") if part in RULES}


def test_every_rule_has_a_test_that_is_named_by_it() -> None:
    assert sorted(set(RULES) - named()) == []


def test_every_refusal_is_named_in_a_test() -> None:
    said = {key for path in (ROOT / "intake").rglob("*.py") for _, key in _REFUSAL.findall(path.read_text("utf-8"))}
    texts = written()
    assert len(said) > 50
    plain = texts.replace(chr(92), "")
    assert sorted(key for key in said if key not in plain and f'"{key.rpartition(".")[2]}"' not in plain) == []
