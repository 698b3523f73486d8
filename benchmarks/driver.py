"""Drives a webhook as many people at once, in a process of its own: ``python -m benchmarks.driver`` with an order.

The order comes as JSON on standard input; on standard output it says when it begins, then the outcome as JSON.
"""

import asyncio
import gc
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count, islice
from time import perf_counter, process_time

import orjson
import psutil  # type: ignore[import-untyped]
import uvloop

from benchmarks.bare import CONSTANT
from benchmarks.people import STEPS, Person, expected
from benchmarks.signed import envelope, requests
from benchmarks.talker import Script, Talker, Walk

_PATIENCE = 120
"""Seconds after which a server that answers nothing has failed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to do. ``run``: see :func:`benchmarks.signed.requests`; ``first``: the number of the first new person;
    ``ready``: requests of so many people are made before the clock starts; ``seconds`` of measuring after ``warm``,
    or 0 to go on until the server is gone or all have finished; ``resume``: (person, steps acknowledged) of those who
    go on, and nobody new."""

    port: int
    pid: int
    run: int
    first: int
    users: int
    seconds: float
    warm: float = 1.0
    ready: int = 0
    aes: bool = False
    constant: bool = False
    repeat_every: int = 20
    resume: list[tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured: latencies in milliseconds, the server's memory in MB, its CPU in µs per message, and the
    share of a core that the driver used."""

    per_second: float = 0
    p50: float = 0
    p99: float = 0
    rss: float = 0
    cpu: float = 0
    driver: float = 0
    messages: int = 0
    repeated: int = 0
    lost_connections: int = 0
    faults: int = 0
    first_fault: str = ""
    acknowledged: dict[int, int] = field(default_factory=dict)


def _walks(order: Order) -> Iterator[Walk]:
    seal = envelope().seal if order.aes else None
    if order.resume is not None:
        for number, step in order.resume:
            yield Walk(number, requests(Person.made_up(number), order.run, seal), step)
        return
    for number in count(order.first):
        yield Walk(number, requests(Person.made_up(number), order.run, seal))


async def drive(order: Order) -> Outcome:
    """Carry out an order."""
    endless = _walks(order)
    made = list(islice(endless, order.ready))
    texts = (CONSTANT,) * STEPS if order.constant else expected()
    script = Script(
        (walk for part in (made, endless) for walk in part),
        [text.encode() for text in texts],
        envelope() if order.aes else None,
        order.repeat_every,
    )
    gc.collect()
    gc.freeze()
    gc.disable()
    loop = asyncio.get_running_loop()
    for _ in range(order.users):
        await loop.create_connection(lambda: Talker(script), "127.0.0.1", order.port)
    print("talking", flush=True)
    if not order.seconds:
        await asyncio.wait_for(script.silent.wait(), _PATIENCE)
        return _outcome(script)
    await asyncio.sleep(order.warm)
    server = psutil.Process(order.pid)
    script.tally.latencies.clear()
    started, mine, theirs = perf_counter(), process_time(), _cpu(server)
    await asyncio.sleep(order.seconds)
    script.measuring, elapsed = False, perf_counter() - started
    measured = _measured(
        script.tally.latencies,
        elapsed,
        driver=(process_time() - mine) / elapsed,
        cpu=_cpu(server) - theirs,
        rss=server.memory_info().rss / 2**20,
    )
    script.stopping = True
    await asyncio.wait_for(script.silent.wait(), _PATIENCE)
    return _outcome(script, **measured)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _measured(latencies: list[float], elapsed: float, *, driver: float, cpu: float, rss: float) -> dict[str, float]:
    ordered = sorted(latencies) or [0.0]
    return {
        "per_second": len(latencies) / elapsed,
        "p50": ordered[len(ordered) // 2] * 1000,
        "p99": ordered[len(ordered) * 99 // 100] * 1000,
        "rss": rss,
        "cpu": cpu / max(1, len(latencies)) * 1e6,
        "driver": driver,
    }


def _outcome(script: Script, **measured: float) -> Outcome:
    tally = script.tally
    return Outcome(
        **measured,
        messages=tally.messages,
        repeated=tally.repeated,
        lost_connections=tally.lost_connections,
        faults=tally.faults,
        first_fault=tally.first_fault,
        acknowledged=tally.acknowledged,
    )


if __name__ == "__main__":
    given = Order(**orjson.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(orjson.dumps(asdict(uvloop.run(drive(given))), option=orjson.OPT_NON_STR_KEYS))
