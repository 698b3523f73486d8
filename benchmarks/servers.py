"""The processes under test, each pinned to one core, and the driver on another."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import orjson
import psutil  # type: ignore[import-untyped]

from benchmarks.account import AES_KEY, APP_ID, TOKEN
from benchmarks.driver import Order, Outcome

SECRET = "a key for the benchmark alone of 32 characters or more"  # noqa: S105 - of databases deleted at the end
_PATIENCE = 60


class ServerError(RuntimeError):
    """A server did not start; the message ends with its last lines."""


def cores() -> tuple[int, int]:
    """The core of the server under test, and the one of everything else; the same where there is only one."""
    usable = psutil.Process().cpu_affinity()
    return usable[0], usable[-1]


class Server:
    """A running server process."""

    def __init__(self, command: Sequence[str], port: int, core: int, folder: Path, given: Mapping[str, str]) -> None:
        self.port = port
        self._log = folder / f"server-{port}.log"
        environment = os.environ | dict(given)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([sys.executable, *command], stdout=log, stderr=log, env=environment)
        psutil.Process(self.pid).cpu_affinity([core])
        self._wait()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def _wait(self) -> None:
        for _ in range(_PATIENCE * 10):
            if self._process.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        self.end(signal.SIGKILL)
        raise ServerError("\n".join(self._log.read_text("utf-8").splitlines()[-20:]))

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it and wait until it is gone."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def bare(core: int, folder: Path, *, aes: bool) -> Iterator[Server]:
    """The bare handler."""
    port = _free_port()
    mode = ["aes"] if aes else []
    server = Server(["-m", "benchmarks.bare", str(port), *mode], port, core, folder, {})
    try:
        yield server
    finally:
        server.end()


@contextmanager
def product(core: int, folder: Path, database_url: str, *, aes: bool = False) -> Iterator[Server]:
    """``nuandong serve`` over a prepared database."""
    port = _free_port()
    settings = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "PORT": str(port),
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_AES_KEY": AES_KEY if aes else "",
        "WECHAT_FRESH_SECONDS": "86400",
    }
    given = {f"NUANDONG_{name}": value for name, value in settings.items()}
    server = Server(["-m", "service.cli", "serve"], port, core, folder, given)
    try:
        yield server
    finally:
        server.end()


def start_driver(order: Order, core: int) -> subprocess.Popen[bytes]:
    """A driver that has begun to talk; :func:`finish` gives its outcome."""
    driver = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.driver"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    psutil.Process(driver.pid).cpu_affinity([core])
    assert driver.stdin is not None
    assert driver.stdout is not None
    driver.stdin.write(orjson.dumps(asdict(order)))
    driver.stdin.close()
    driver.stdout.readline()
    return driver


def finish(driver: subprocess.Popen[bytes]) -> Outcome:
    """Wait for a driver."""
    assert driver.stdout is not None
    said = driver.stdout.read()
    if driver.wait() != 0:
        raise ServerError("the driver failed; what it said stands above")
    outcome = orjson.loads(said)
    outcome["acknowledged"] = {int(number): step for number, step in outcome["acknowledged"].items()}
    return Outcome(**outcome)
