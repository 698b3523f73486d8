"""The delivery engine: DBOS on our own database. The only module that knows it.

DBOS keeps durable queues and schedules in tables beside ours (SQLite: ``workflow_status`` and others; PostgreSQL:
schema ``dbos``). It is given numbers alone, never a person's data. It exists once per process, which is why what it
works for stands in a module variable.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.orders import Order
from notifications.work import Deliver, EngineError, Job, Work
from store import sqlite  # before dbos: it brings the SQLite that we trust
from store.faults import where

log = logging.getLogger(__name__)
_dbos_log = logging.getLogger("dbos")
_dbos_log.addHandler(logging.NullHandler())  # else it writes to the console past our handlers
_dbos_log.setLevel(logging.WARNING)

from dbos import DBOS, DBOSClient, EnqueueOptions  # noqa: E402

NAME = "nuandong"
VERSION = "1"
"""Pinned: DBOS takes up only work of its own version, and would else take a hash of the code."""
QUEUE = "delivery"
_LAST_SECONDS = 1
"""What DBOS has just taken from a queue begins before its loop is closed; else it would fail there."""
KEEP = timedelta(days=7)
"""How long finished work stays in DBOS's tables; our own rows stay."""


_work: Work | None = None


def _current() -> Work:
    if _work is None:
        raise EngineError("stopped")
    return _work


@DBOS.step(name="deliver_once", retries_allowed=True, max_attempts=4, interval_seconds=0.5, backoff_rate=2)
async def _deliver_once(message_id: int) -> None:
    work = _current()
    await work.at_home(lambda: work.deliver(message_id))


@DBOS.workflow(name="deliver")
async def _deliver(message_id: int) -> None:
    await _deliver_once(message_id)


@DBOS.workflow(name="every_minute")
async def _every_minute(_at: datetime, _context: object) -> None:
    work = _current()
    for job in work.jobs:
        try:
            await work.at_home(job)
        except EngineError as error:
            log.error("a job of the minute failed: %s", error)


def dbos_url(url: URL) -> str:
    """Our database as DBOS writes it."""
    if url.get_backend_name() == "sqlite":
        sqlite.check_version()
        return f"sqlite:///{Path(url.database or '').resolve()}"
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


class Engine:
    """Durable delivery orders and clocks on the application's database.

    ``executor`` names this process's slot and stays the same over restarts (``serve@1``, ``worker@2``): a restarted
    process takes up what it left. ``per_second`` bounds the messages started on each channel.
    """

    def __init__(self, url: URL, executor: str, *, per_second: int = 15, polling: float = 1.0) -> None:
        self._url = dbos_url(url)
        self._executor = executor
        self._per_second = per_second
        self._polling = polling
        self._client = DBOSClient(
            system_database_url=self._url, application_name=NAME, lazy=True, retry_connection_errors=False
        )
        self._launching: asyncio.Task[None] | None = None
        self._at_work = False
        self._stopped = False

    async def prepare(self) -> None:
        """Make or migrate the engine's tables and its queue; quick when nothing has changed. Needed once before the
        first order: by ``db upgrade`` and at each start."""
        await asyncio.to_thread(self._prepare)

    def _prepare(self) -> None:
        DBOS.migrate(self._url)
        self._client.register_queue(
            QUEUE,
            worker_concurrency=100,
            polling_interval_sec=self._polling,
            partition_limiter={"limit": self._per_second, "period": 1.0},
        )

    async def enqueue(self, connection: AsyncConnection, orders: Sequence[Order]) -> None:
        """Take orders inside the caller's transaction: its commit makes them run, its rollback forgets them."""
        await connection.run_sync(self._enqueue, orders)

    def _enqueue(self, sync: Connection, orders: Sequence[Order]) -> None:
        for order in orders:
            options: EnqueueOptions = {
                "workflow_name": "deliver",
                "queue_name": QUEUE,
                "queue_partition_key": order.channel,
                "workflow_id": f"deliver-{order.message_id}-{order.round}",
                "app_version": VERSION,
            }
            if order.delay > 0:
                options["delay_seconds"] = order.delay
            self._client.enqueue_in_transaction(sync, options, order.message_id)

    def start(self, deliver: Deliver, jobs: Sequence[Job] = ()) -> None:
        """Begin to work, in the background: it takes a second or two and holds up nobody. ``jobs`` run each minute,
        one after another, in one process of all."""
        global _work  # noqa: PLW0603 - DBOS calls plain functions and exists once per process
        if _work is not None:
            raise EngineError("already started in this process")
        _work = Work(deliver, (*jobs, self._forget))
        self._launching = asyncio.create_task(self._launched())

    @property
    def at_work(self) -> bool:
        """Whether it delivers now: not yet while it starts, never after a start that failed, not when it stopped."""
        return self._at_work

    async def ready(self) -> None:
        """Wait until work has begun; returns at once where it was never to start.

        Raises:
            EngineError: it could not start; the log says where.
        """
        if self._launching is not None:
            await asyncio.shield(self._launching)
            if not self._at_work:
                raise EngineError("the delivery engine could not start")

    async def _launched(self) -> None:
        try:
            await asyncio.to_thread(self._launch)  # a thread without a loop: DBOS then runs on a loop of its own
        except Exception as error:
            log.error("the delivery engine could not start, nothing is delivered: %s", where(error))
            return
        self._at_work = True
        log.info("delivery engine at work as %s", self._executor)

    def _launch(self) -> None:
        DBOS(
            config={
                "name": NAME,
                "system_database_url": self._url,
                "executor_id": self._executor,
                "application_version": VERSION,
                "log_level": "WARNING",
                "run_migrations": False,
                "sys_db_pool_size": 5,
            }
        )
        DBOS.launch()
        DBOS.apply_schedules(
            [{"schedule_name": "every_minute", "workflow_fn": _every_minute, "schedule": "* * * * *", "context": None}]
        )

    async def _forget(self) -> None:
        before = (datetime.now(UTC) - KEEP).isoformat()
        await asyncio.to_thread(self._forget_before, before)

    def _forget_before(self, before: str) -> None:
        done = self._client.list_workflows(
            status=["SUCCESS", "ERROR"], completed_before=before, limit=500, load_input=False, load_output=False
        )
        self._client.delete_workflows([workflow.workflow_id for workflow in done])

    async def stop(self, patience: float = 10.0) -> None:
        """Take no more work, and wait up to ``patience`` seconds for what is under way. What is cut off is taken up at
        the next start. A second call does nothing."""
        global _work
        if self._launching is not None:
            await asyncio.wait([self._launching])
            self._at_work = False
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=_LAST_SECONDS)
            if _work is not None:
                await _work.finish(patience)
            _work, self._launching = None, None
        if not self._stopped:
            self._stopped = True
            await asyncio.to_thread(self._client.destroy)
