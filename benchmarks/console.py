"""``python -m benchmarks.console``: a county of 20,000 households on SQLite and on PostgreSQL; every page of the
console and of the public, opened by whoever looks at it; and the find box. Exit status 1: something was too slow."""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import monotonic
from urllib.parse import quote

from aiohttp import ClientSession

import store
from admin.sessions import COOKIE
from benchmarks.big_county import Cost, Site, landmarks, open_site
from benchmarks.county import databases
from tests.browser.pages import VISITS, Visit

assert store.sqlite  # first of ours: it brings the SQLite that we trust

PLAN_MS = 5000
"""The allocation helper plans a whole county anew, in a thread of its own: the limit of a plan, not of a list."""

LISTS = (
    *(Visit("/admin/cases", f"/admin/cases?page={page}", "xian") for page in (2, 200, 400)),
    *(
        Visit("/admin/cases", f"/admin/cases?{asked}", username)
        for username in ("xian", "zhen")
        for asked in ("state=need-applied", "state=grant-paid", "nominated=1", "village={grant_applied}", "page=20")
    ),
    *(
        Visit(f"/admin/{path}", f"/admin/{path}", "xian")
        for path in ("visits", "discoveries", "referrals", "reports", "handovers")
    ),
    Visit("/admin/reports", "/admin/reports", "zhen"),
    Visit("/admin/", "/admin/?township={grant_applied:.9}", "xian"),
    Visit("/admin/village/{code}/review/{pass_}", "/admin/village/{need_applied}/review/need", "cun.{need_applied}"),
    Visit("/admin/notice/{id}", "/admin/notice/{need_notice}", "xian"),
)
"""What the pages for the browser leave out: filters, later pages, those who see most."""

WORDS = (
    "王建国",
    "国",
    "wjg",
    "zg",
    "12345",
    "0012",
    "{id_4}",
    "{id_6}",
    "{id_number}",
    "{phone_4}",
    "{phone}",
    "没有",
)
"""What is typed into the find box."""


@dataclass(slots=True)
class Line:
    """One page, as often as it was opened. ``limit`` in milliseconds, for the 95th percentile."""

    visit: Visit
    limit: int
    costs: list[Cost] = field(default_factory=list)
    fault: str = ""

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return quantiles([cost.ms for cost in self.costs], n=20, method="inclusive")[-1] if self.costs else 0.0

    @property
    def good(self) -> bool:
        """Whether it was answered, fast enough."""
        return not self.fault and self.p95 <= self.limit

    def __str__(self) -> str:
        if self.fault:
            return f"{'':>36}  {self.visit}: {self.fault}"
        ms = [cost.ms for cost in self.costs]
        last = self.costs[-1]
        mark = "" if self.good else f"  OVER {self.limit} ms"
        return (
            f"{median(ms):7.0f} {self.p95:7.0f} {max(ms):7.0f} {median(cost.cpu for cost in self.costs):7.0f} "
            f"{last.statements:5d} {last.size // 1024:5d}  "
            f"{self.visit}{mark}"
        )


def parser() -> argparse.ArgumentParser:
    """The options."""
    top = argparse.ArgumentParser(prog="python -m benchmarks.console", description=__doc__)
    top.add_argument("--households", type=int, default=20_000, help="of the county (default 20000)")
    top.add_argument("--times", type=int, default=10, help="how often each page is opened (default 10)")
    top.add_argument("--only", choices=("SQLite", "PostgreSQL"), help="one database alone")
    top.add_argument("--page-ms", type=int, default=300, help="limit of a page (default 300)")
    top.add_argument("--search-ms", type=int, default=200, help="limit of a search (default 200)")
    top.add_argument("--make-seconds", type=int, default=60, help="limit of making the county (default 60)")
    top.add_argument("--database-url", help="measure the demo county in this database, or make it there")
    return top


def lines(marks: dict[str, str], given: argparse.Namespace) -> list[Line]:
    """Everything that is opened, once each."""
    marks |= {
        "id_4": marks["id_number"][-4:],
        "id_6": marks["id_number"][-6:],
        "phone_4": marks["phone"][-4:],
        "phone": marks["phone"][-11:],
    }
    found = {one: PLAN_MS if one.route == "/admin/allocation" else given.page_ms for one in (*VISITS, *LISTS)}
    for username in ("xian", "zhen"):
        for words in WORDS:
            address = f"/admin/cases?q={quote(words.format(**marks))}"
            found[Visit("/admin/cases", address, username)] = given.search_ms
    return [_line(visit, limit, marks) for visit, limit in found.items()]


def _line(visit: Visit, limit: int, marks: dict[str, str]) -> Line:
    try:
        address, username = visit.address.format(**marks), visit.username.format(**marks)
    except KeyError as missing:
        return Line(visit, limit, fault=f"nothing stands for {missing}")
    return Line(Visit(visit.route, address, username, visit.status), limit)


async def measure(site: Site, line: Line, cookies: dict[str, str], times: int) -> None:
    """Open a page so often; the first time, when nothing is warm, does not count."""
    if line.fault:
        return
    cookie = {COOKIE: cookies[line.visit.username]} if line.visit.username else {}
    async with ClientSession(cookies=cookie) as http:
        for time in range(times + 1):
            async with http.get(site.server.make_url(line.visit.address), allow_redirects=False) as response:
                await response.read()
            if response.status != line.visit.status:
                line.fault = f"answered {response.status}"
                return
            if time:
                line.costs.append(site.meter.last)


async def run(kind: str, url: str, given: argparse.Namespace) -> bool:
    """One database; whether everything was fast enough."""
    began = monotonic()
    async with open_site(url, given.households) as site:
        made = monotonic() - began
        print(f"\n{kind}: {given.households:,} households, ready after {made:.0f} s (load {os.getloadavg()[0]:.1f})")
        opened = lines(await landmarks(site.house), given)
        cookies = {name: await site.token(name) for name in {line.visit.username for line in opened} if name}
        print(f"{'median':>7} {'p95':>7} {'max':>7} {'CPU':>7} {'stmts':>5} {'KB':>5}")
        for line in opened:
            await measure(site, line, cookies, given.times)
            print(line, flush=True)
    late = sum(not line.good for line in opened) + (made > given.make_seconds)
    print(f"{kind}: {'all within the limits' if not late else f'{late} OVER THE LIMIT'}")
    return not late


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the options say."""
    given = parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nuandong-bench-")))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        if given.database_url:
            urls = {"this database": given.database_url}
        else:
            found = stack.enter_context(databases(folder, with_postgresql=given.only in (None, "PostgreSQL")))
            urls = {kind: each[0] for kind, each in found.items() if given.only in (None, kind)}
        good = [asyncio.run(run(kind, url, given)) for kind, url in urls.items()]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
