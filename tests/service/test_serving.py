"""Serving without delivery must not look healthy."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from service import health
from service.keys import check_opens
from service.metrics import Metrics
from service.run import serve
from service.settings import SettingError, read_settings
from store import cipher
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from tests.world import file_case, make_world

ROOT = Path(__file__).parents[2]
BROKEN = """
import sys
from dbos import DBOS
def launch(): raise RuntimeError("no threads left for 13800001234")
DBOS.launch = launch
from service.cli import main
sys.exit(main(["serve"]))
"""
WHOLE = "import sys; from service.cli import main; sys.exit(main(['serve']))"


@asynccontextmanager
async def serving(program: str, folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """A process that serves on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "NUANDONG_DATABASE_URL": f"sqlite:///{folder}/nuandong.db",
        "NUANDONG_PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process, port
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_serve_ends_with_an_error_when_delivery_cannot_start(tmp_path: Path) -> None:
    async with serving(BROKEN, tmp_path) as (process, _port):
        _out, said = await asyncio.wait_for(process.communicate(), 60)
    log = said.decode()
    assert process.returncode == 1, log
    assert "ERROR notifications.engine: the delivery engine could not start" in log
    assert "RuntimeError at notifications/engine.py:" in log
    assert "13800001234" not in log and "Traceback" not in log


async def test_serve_is_ready_once_delivery_is_at_work_and_ends_well(tmp_path: Path) -> None:
    async with serving(WHOLE, tmp_path) as (process, port), ClientSession() as http, asyncio.timeout(60):
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        break
                    assert await response.text() == "delivery\n"
            except ClientError:
                assert process.returncode is None
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize(("delivers", "status", "said"), [(True, 200, "ready\n"), (False, 503, "delivery\n")])
async def test_readyz_says_when_messages_are_not_delivered(
    database: Database, delivers: bool, status: int, said: str
) -> None:
    metrics = Metrics()
    metrics.count_delivery("wechat", "no_sender")
    app = web.Application()
    app.add_routes(health.routes(database, metrics, lambda: delivers))
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/readyz")
        assert (response.status, await response.text()) == (status, said)
        counted = await (await client.get("/metrics")).text()
    assert 'nuandong_deliveries_total{channel="wechat",outcome="no_sender"} 1.0' in counted


async def test_a_port_that_is_taken_is_said_with_another_one(tmp_path: Path) -> None:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    settings = read_settings(
        {
            "NUANDONG_DATABASE_URL": f"sqlite:///{tmp_path}/nuandong.db",
            "NUANDONG_PORT": str(taken.getsockname()[1]),
        }
    )
    with taken, pytest.raises(SettingError, match="NUANDONG_PORT=8081"):
        await serve(settings)


async def test_a_key_that_does_not_open_the_database_is_noticed_at_the_start(
    database: Database, database_url: str, clock: FixedClock, keyring: Keyring
) -> None:
    world = await make_world(database, clock)
    await file_case(world)
    await check_opens(database)
    cipher.bind(Keyring("quite another key of 32 characters or more"))
    try:
        with pytest.raises(SettingError, match="NUANDONG_SECRET_KEY=new,old"):
            await check_opens(database)
    finally:
        cipher.bind(keyring)


async def test_an_unknown_address_is_a_page_that_people_can_read(tmp_path: Path) -> None:
    async with serving(WHOLE, tmp_path) as (_process, port), ClientSession() as http:
        url = f"http://127.0.0.1:{port}"
        async with asyncio.timeout(30):
            while not await answers_at(http, f"{url}/healthz"):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.1)
        async with http.get(f"{url}/nosuch") as response:
            assert response.status == 404
            assert "/chat" in await response.text()
        async with http.get(f"{url}/", allow_redirects=False) as response:
            assert response.headers["Location"] == "/chat"


async def answers_at(http: ClientSession, url: str) -> bool:
    """Whether someone answers."""
    try:
        async with http.get(url) as response:
            return response.status == 200
    except ClientError:
        return False
