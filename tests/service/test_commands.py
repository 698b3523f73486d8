"""The command line, as an operator uses it: real processes, a real database of each kind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def nuandong(database_url: str, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command."""
    environment = {
        "PATH": os.environ["PATH"],
        "NUANDONG_DATABASE_URL": database_url,
        "NUANDONG_SECRET_KEY": "a key for tests alone of 32 characters or more",
    }
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "service.cli", *arguments],
        cwd=ROOT,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_county_is_set_up_by_commands(database_url: str, tmp_path: Path) -> None:
    assert "1336 divisions added" in nuandong(database_url, "divisions", "load").stdout
    assert "0 divisions added" in nuandong(database_url, "divisions", "load").stdout
    example = ROOT / "docs" / "scheme-example.json"
    assert "version 1 is in force" in nuandong(database_url, "scheme", "load", str(example)).stdout
    shown = nuandong(database_url, "scheme", "show").stdout
    assert json.loads(shown) == json.loads(example.read_text("utf-8"))
    changed = tmp_path / "scheme.json"
    changed.write_text(json.dumps(json.loads(shown) | {"notice_days": 7}), encoding="utf-8")
    assert "version 2 is in force" in nuandong(database_url, "scheme", "load", str(changed)).stdout
    added = nuandong(
        database_url,
        "staff",
        "add",
        "li",
        "--name",
        "李",
        "--role",
        "county",
        "--division",
        "410324",
        typed="long enough\n",
    )
    assert "li is county of 410324" in added.stdout
    assert "events, the chain holds" in nuandong(database_url, "audit", "verify").stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"county": "999999"}, "no such division: 999999"),
        ({"affected": {"120111": ["hail"]}}, "not in county 410324"),
        ({"tiers": {"ordinary": 9000}}, "ordinary"),
        ({"opens_on": "soon"}, "is not a scheme"),
        ({"extra": 1}, "is not a scheme"),
    ],
)
def test_a_wrong_scheme_is_refused(database_url: str, tmp_path: Path, change: dict[str, object], said: str) -> None:
    nuandong(database_url, "divisions", "load")
    body = json.loads((ROOT / "docs" / "scheme-example.json").read_text("utf-8"))
    path = tmp_path / "scheme.json"
    path.write_text(json.dumps(body | change), encoding="utf-8")
    refused = nuandong(database_url, "scheme", "load", str(path))
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_official_is_refused(database_url: str) -> None:
    nuandong(database_url, "divisions", "load")
    village = ("staff", "add", "li", "--name", "李", "--role", "village", "--division")
    for division, typed, said in (
        ("410324", "long enough\n", "12 digits"),
        ("410324103201", "short\n", "8 characters"),
    ):
        refused = nuandong(database_url, *village, division, typed=typed)
        assert refused.returncode == 2
        assert said in refused.stderr
    assert nuandong(database_url, *village, "410324103201", typed="long enough\n").returncode == 0
    assert "take another" in nuandong(database_url, *village, "410324103201", typed="long enough\n").stderr


def test_an_unready_postgresql_and_a_wrong_setting_are_said_without_a_traceback(tmp_path: Path) -> None:
    refused = nuandong("mysql://root@localhost/x", "serve")
    assert refused.returncode == 2
    assert "sqlite:///" in refused.stderr
    assert "Traceback" not in refused.stderr
    fresh = nuandong(f"sqlite:///{tmp_path}/empty.db", "staff", "add", "li", "--name", "x", "--role", "admin")
    assert "nuandong db upgrade" in fresh.stderr
