"""Part twelve: the season is closed; nothing in it moves any more; its archive is made, fetched and checked."""

import asyncio
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import service.cli
from service.demo_county import HOME_VILLAGE, SEASON
from tests.admin.paying import hidden
from tests.admin.test_meeting import send_photo
from tests.house.season.applying import by_program, sends
from tests.house.season.forms import REVIEW, meeting, refuses
from tests.house.season.requesting import PATH as REQUEST
from tests.house.season.requesting import asks
from tests.house.season.told import Season
from tests.media import photo

PATH = "/admin/closing"


async def part(season: Season) -> None:
    """The end."""
    await closed(season)
    await nothing_moves(season)
    await archived(season)


async def closed(season: Season) -> None:
    """One household more has applied too late to be reviewed: it is open, and the county says why it closes."""
    await by_program(season, 115, "赵来迟", 2, "一组")
    close = {"season": SEASON, "confirm": SEASON, "reason": "", "seen": "{}"}
    await season.no("xian", PATH, close, "admin.closing.wrong.changed")
    page = await season.at["xian"].get(PATH)
    close["seen"] = unescape(hidden(page, "seen"))
    await season.no("xian", PATH, close, "closing.close_season:admin.closing.wrong.reason")
    await season.yes("xian", PATH, close | {"reason": "仍在办理的一户转入下一年度"})
    await season.no("xian", PATH, close, "admin.closing.wrong.closed")
    again = {"season": SEASON, "reason": ""}
    await season.no("xian", f"{PATH}/reopen", again, "closing.reopen_season:admin.closing.wrong.reason")
    await season.no("xian", f"{PATH}/reopen", again | {"season": "1999-2000"}, "admin.closing.wrong.unknown")


async def nothing_moves(season: Season) -> None:
    """Whoever goes on is told that the season is closed."""
    shut = "refusal.L10.season_closed"
    opened = f"open_season.CLOSED:{shut}"
    late = meeting(season.day(), refuses(season.cases["秦小满"]))
    await season.no("cun", f"{REVIEW}/need", late, f"procedure.move:{shut}")
    await season.no("xian", REQUEST, asks(season, after="2"), opened)
    await season.no("zhen", "/admin/allocation", {"money": "9000"}, opened)
    listed = {"division": HOME_VILLAGE[:9], "households": "1", "total_fen": "1"}
    await season.no("zhen", "/admin/payments/new", listed, opened)
    (fund, *_) = re.findall(r"/admin/fund/\d+", (await season.at["xian"].get("/admin/funds")).html)
    back = {"entry": "1", "back_amount": "1", "reason": "写错了"}
    await season.no("xian", f"{fund}/back", back, "refusal.ledger.closed")
    case = season.cases["高玉兰"]
    kin = {"kin-relation": "sibling", "kin-name": ""}
    await season.no("zhen", f"/admin/case/{case}/relative", kin, opened)
    (met, *_) = re.findall(r"/admin/meetings/\d+", (await season.at["cun"].get(f"/admin/case/{case}")).html)
    season.read((await send_photo(season.at["cun"], met, photo())).text, opened)
    status, said = await sends(season, "an-application-too-late", 116, "钱来迟", 2, "一组", "hail")
    assert (status, "made" in said) == (409, False), said


async def archived(season: Season) -> None:
    """The archive is ordered, made by the clock, fetched, and holds anywhere; a byte changed, and it does not."""
    await season.yes("xian", "/admin/archive", {"season": SEASON})
    for _try in range(200):
        page = await season.at["xian"].get("/admin/archive")
        if "file.zip" in page.html:
            break
        await asyncio.sleep(0.5)
    (path,) = set(re.findall(r"/admin/archive/\d+/file\.zip", page.html))
    key = re.findall(r"\b[0-9a-f]{4}(?:-[0-9a-f]{4}){7}\b", page.text)[0]
    body, file = await season.fetch("jijian", path, {"plain": "yes"}), here("season.zip")
    file.write_bytes(body)
    whole = await asyncio.to_thread(verified, file, key)
    assert whole.returncode == 0 and f"{len(season.cases) + 1} cases" in whole.stdout, whole
    with ZipFile(file) as opened:
        name = next(name for name in opened.namelist() if name.endswith(".docx"))
        at = body.index(name.encode()) + len(name) + 40
    file.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
    broken = await asyncio.to_thread(verified, file, key)
    assert broken.returncode == 1 and name in broken.stdout, broken


def here(name: str) -> Path:
    """A file in the folder of this test."""
    return Path(name).resolve()


def verified(file: Path, key: str) -> subprocess.CompletedProcess[str]:
    """What ``nuandong archive verify`` says, which knows nothing but the file and the county's key."""
    command = (sys.executable, "-m", "service.cli", "archive", "verify", str(file), "--key", key)
    root = Path(service.cli.__file__).parents[1]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
