"""A season's archive: made from a real county, checked anywhere, and every change of it found."""

import asyncio
import io
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.archive.locked import PasswordError, is_locked, lock, locked_size, unlock
from intake.archive.making import Order
from intake.archive.names import CASES, EVENTS, MANIFEST, SIGNATURE, TOTALS
from intake.archive.signature import fingerprint, signed
from intake.archive.verify import verify_archive
from service.archive_commands import pieces
from service.cli import main
from store.cipher import Keyring
from tests.admin.conftest import Console
from tests.admin.road import through
from tests.world import file_case

ROOT = Path(__file__).parents[2]


async def _nothing(_done: int, _of: int) -> None:
    pass


async def archive_of(console: Console) -> bytes:
    """The archive of the console's county as it stands."""
    order = Order("410324", "2022-2023", "operator", console.clock.now())
    return b"".join([piece async for piece in pieces(console.world.database, order, _nothing)])


async def helped(console: Console) -> None:
    """Three households with an approved grant, and one that only applied."""
    cases = [await file_case(console.world, head=head) for head in ("张三", "李四", "王五")]
    await through(console, "need", cases)
    await through(console, "grant", cases, "ordinary", "heavier", "special")
    await file_case(console.world)


@pytest.fixture
async def made(console: Console) -> bytes:
    """An archive."""
    await helped(console)
    return await archive_of(console)


def files_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return made.getvalue()


def relisted(files: dict[str, bytes], key: Keyring | None = None) -> dict[str, bytes]:
    """The same with a manifest that fits the files: what a forger does; with a ``key`` also signed anew."""
    import hashlib

    body = orjson.loads(files[MANIFEST])
    body["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name not in (MANIFEST, SIGNATURE)
    }
    manifest = orjson.dumps(body)
    sealed = signed(key.archive_keys()[0], manifest) if key else files[SIGNATURE]
    return files | {MANIFEST: manifest, SIGNATURE: sealed}


def faults(archive: bytes, key: str = "") -> list[str]:
    return verify_archive(io.BytesIO(archive), key).faults


async def test_L10_an_archive_has_the_papers_the_chain_and_the_schemes_and_holds(
    made: bytes, keyring: Keyring, tmp_path: Path
) -> None:
    found = verify_archive(io.BytesIO(made))
    assert found.faults == [] and found.manifest is not None
    assert found.key == fingerprint(keyring.archive_keys()[0].public_key())
    names = set(files_of(made))
    village, township = "410324103201", "410324103"
    for name in (
        f"{township}/form2-grant.xlsx",
        f"{village}/form3-need.xlsx",
        f"{village}/form4.xlsx",
        "410324/form4.xlsx",
        "410324/statistics-given.xlsx",
        "410324/evaluation.docx",
    ):
        assert f"data/papers/{name}" in names
    assert {name.split("/")[1] for name in names if name.startswith("data/")} == {
        "cases.jsonl",
        "events.jsonl",
        "notices",
        "papers",
        "schemes",
        "totals.json",
    }
    assert sum(name.startswith(f"data/papers/{village}/minutes-") for name in names) == 2
    assert found.manifest.counts["cases"] == 4
    assert not any(word in name for name in names for word in ("张", "李", "王"))


async def test_the_same_county_at_the_same_instant_gives_the_same_bytes(made: bytes, console: Console) -> None:
    await asyncio.sleep(2.1)  # the times of a zip have two seconds
    assert await archive_of(console) == made


async def test_an_archive_is_checked_without_settings_or_database(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    file.write_bytes(made)

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "service.cli", "archive", "verify", str(file), *more],
            cwd=ROOT,
            env={},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    right = run()
    assert right.returncode == 0 and "holds" in right.stdout, right
    key = right.stdout.split("signed with the key ")[1].split()[0]
    assert run("--key", key.upper().replace("-", " ")).returncode == 0
    wrong = run("--key", "0" * 32)
    assert wrong.returncode == 1 and "somebody else made it" in wrong.stdout
    assert not list((ROOT / "var").glob("archive*")) if (ROOT / "var").exists() else True


Change = Callable[[list[bytes], int], list[bytes]]
CHANGES: dict[str, tuple[Change, str]] = {
    "deleted": (lambda lines, at: lines[:at] + lines[at + 1 :], "is missing"),
    "inserted": (lambda lines, at: lines[: at + 1] + lines[at:], "put in or moved"),
    "reordered": (lambda lines, at: [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]], "is missing"),
    "changed": (
        lambda lines, at: [*lines[:at], lines[at].replace(b'"actor":"', b'"actor":"x'), *lines[at + 1 :]],
        "was changed",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_one_event_that_was_touched_is_named_even_if_the_forger_signs(
    made: bytes, keyring: Keyring, change: str
) -> None:
    files = files_of(made)
    lines = files[EVENTS].splitlines(keepends=True)
    do, words = CHANGES[change]
    for at in random.Random(7).sample(range(1, len(lines) - 2), 5):
        touched = files | {EVENTS: b"".join(do(lines, at))}
        first = faults(packed(relisted(touched, keyring)))[0]
        shown = at + 2 if change == "inserted" else at + 1
        assert "the event chain breaks" in first and words in first and f"event {shown}" in first
        assert any("data/events.jsonl was changed" in one for one in faults(packed(touched)))


async def test_the_last_events_cut_off_are_missed(made: bytes, keyring: Keyring) -> None:
    files = files_of(made)
    short = files | {EVENTS: b"".join(files[EVENTS].splitlines(keepends=True)[:-2])}
    assert "its head is event" in faults(packed(relisted(short, keyring)))[0]


async def test_every_byte_counts(made: bytes) -> None:
    files = files_of(made)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(files)), st.integers(0, 2**32), st.integers(1, 255))
    def one_byte(name: str, at: int, by: int) -> None:
        content = bytearray(files[name])
        content[at % len(content)] ^= by
        assert faults(packed(files | {name: bytes(content)}))

    one_byte()


async def test_a_file_that_is_missing_added_or_listed_otherwise_is_found(made: bytes, keyring: Keyring) -> None:
    files = files_of(made)
    name = "data/papers/410324/form4.xlsx"
    without = {key: content for key, content in files.items() if key != name}
    assert f"{name} is missing" in faults(packed(without))
    assert "data/more.txt is not in the manifest" in faults(packed(files | {"data/more.txt": b"x"}))
    listed = relisted(without)
    assert "the signature does not fit the manifest" in faults(packed(listed))
    for lacking in (MANIFEST, SIGNATURE):
        assert f"{lacking} is missing" in faults(packed({k: v for k, v in files.items() if k != lacking}))
    hostile = relisted(files | {"../../etc/passwd": b"x"}, keyring)
    assert "../../etc/passwd is no name of an archive" in faults(packed(hostile))


async def test_another_key_is_noticed_by_its_fingerprint(made: bytes, keyring: Keyring) -> None:
    forger = Keyring("somebody else's key of 32 characters or more")
    forged = packed(relisted(files_of(made), forger))
    ours = fingerprint(keyring.archive_keys()[0].public_key())
    assert faults(forged) == []
    assert "somebody else made it" in faults(forged, ours)[0]
    assert faults(made, ours) == []


async def test_L10_L11_sums_and_the_helped_are_checked(made: bytes, keyring: Keyring) -> None:
    files = files_of(made)
    sums = orjson.loads(files[TOTALS])
    assert sums["form4"] == {"households": 3, "persons": 9, "fen": 1800_00}
    sums["form4"]["fen"] += 1
    found = faults(packed(relisted(files | {TOTALS: orjson.dumps(sums)}, keyring)))
    assert len(found) == 1 and "form 4 says" in found[0]
    cases = [orjson.loads(line) for line in files[CASES].splitlines()]
    cases[0]["needy"] = False
    lines = b"\n".join(map(orjson.dumps, cases)) + b"\n"
    found = faults(packed(relisted(files | {CASES: lines}, keyring)))
    assert len(found) == 1 and "was not found in need (L11)" in found[0]


async def test_half_an_archive_and_what_is_none_are_refused(made: bytes) -> None:
    for cut in (0, 1, 100, len(made) // 2, len(made) - 1):
        assert faults(made[:cut])
    assert "no whole archive" in faults(b"something else")[0]


async def test_a_bomb_is_not_opened(made: bytes, keyring: Keyring) -> None:
    files = relisted(files_of(made) | {"data/papers/large.xlsx": bytes(40_000_000)}, keyring)
    found = faults(packed(files))
    assert len(found) == 1 and "is not opened" in found[0]
    lying = bytearray(packed(files_of(made)))
    at = lying.rindex(b"PK\1\2")
    struct.pack_into("<I", lying, at + 24, 10)
    assert faults(bytes(lying))


async def under(password: str, content: bytes, piece: int = 1000) -> bytes:
    async def read() -> AsyncIterator[bytes]:
        for at in range(0, len(content), piece):
            yield content[at : at + piece]

    from datetime import UTC, datetime

    when = datetime(2023, 4, 15, tzinfo=UTC)
    return b"".join([one async for one in lock(read(), len(content), password, when, bytes(range(16)))])


async def test_a_password_opens_and_another_does_not() -> None:
    content = random.Random(1).randbytes(54_321)
    sealed = await under("four plain words", content)
    assert len(sealed) == locked_size(len(content)) and is_locked(io.BytesIO(sealed))
    assert b"".join(unlock(io.BytesIO(sealed), "four plain words")) == content
    assert zipfile.ZipFile(io.BytesIO(sealed)).namelist() == ["archive.zip"]
    with pytest.raises(PasswordError):
        b"".join(unlock(io.BytesIO(sealed), "four other words"))
    broken = bytearray(sealed)
    broken[1000] ^= 1
    for spoilt in (bytes(broken), sealed[:-20_000]):
        with pytest.raises(ValueError, match=r"changed|cut off"):
            b"".join(unlock(io.BytesIO(spoilt), "four plain words"))


async def test_the_commands_make_check_and_open(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await helped(console)
    word, out, plain = tmp_path / "word", tmp_path / "a.zip", tmp_path / "plain.zip"
    url = console.world.database.url.render_as_string(hide_password=False)
    url = url.replace("+asyncpg", "").replace("+aiosqlite", "")
    monkeypatch.setenv("NUANDONG_DATABASE_URL", url)
    monkeypatch.setenv("NUANDONG_SECRET_KEY", "a key for tests alone of 32 characters or more")

    def run(*arguments: str) -> tuple[int, str]:
        status = main(["archive", *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    async def apart(*arguments: str) -> tuple[int, str]:
        return await asyncio.to_thread(run, *arguments)

    make = ("make", "--county", "410324", "--out", str(out), "--password-file", str(word))
    word.write_text("short\n")
    assert (await apart(*make))[0] == 2 and not out.exists()
    word.write_text("four plain words\n")
    status, said = await apart(*make)
    assert status == 0 and out.stat().st_mode & 0o777 == 0o600, said
    assert (await apart(*make))[0] == 2
    assert (await apart("make", "--county", "999999", "--out", str(plain)))[0] == 2 and not plain.exists()
    assert await asyncio.to_thread(lambda: [one for one in tmp_path.iterdir() if one.name.startswith(".")]) == []
    assert (await apart("verify", str(out), "--password-file", str(word)))[0] == 0
    assert (await apart("open", str(out), "--out", str(plain), "--password-file", str(word)))[0] == 0
    assert (await apart("verify", str(plain)))[0] == 0
    word.write_text("four wrong words\n")
    status, said = await apart("verify", str(out), "--password-file", str(word))
    assert status == 2 and "password" in said
    assert (await apart("verify", str(tmp_path / "nothing.zip")))[0] == 2
