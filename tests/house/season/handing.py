"""Part nine: quilts are handed out, each with a photo of it; then the ledger is empty."""

import re

from tests.admin.browser import Seen
from tests.house.season.bringing import QUILTS
from tests.house.season.granting import GRANTED
from tests.house.season.told import Season
from tests.media import photo


async def part(season: Season) -> None:
    """Two quilts for each household."""
    stock = await season.at["cun"].get(f"/admin/case/{season.cases['高玉兰']}/goods")
    (pieces,) = set(re.findall(r'name="(pieces-\d+)"', stock.html))
    await refused(season, pieces)
    for head in GRANTED:
        seen = await give(season, head, {pieces: str(QUILTS // len(GRANTED)), "given_on": season.day()})
        assert seen.status == 200 and "棉被 2 床" in seen.text, seen.text
    await one_too_many(season, pieces)
    ledger = await season.at["xian"].get("/admin/ledger")
    for kind, yuan in (("资金", season.granted_yuan), ("物资（按价值）", 1800)):
        assert f"{kind} 收入 ¥{yuan:,}.00 发到户 ¥{yuan:,}.00 结余 ¥0.00" in ledger.text, ledger.text
    money = f"¥{season.granted_yuan:,}.00"
    assert f"中央 {money} {money} ¥0.00" in ledger.text, ledger.text
    assert ledger.text.count("相差 ¥0.00") == 2


async def refused(season: Season, pieces: str) -> None:
    """What is not handed out."""
    two = {pieces: "2", "given_on": season.day()}
    for head, fields, shown, key in (
        ("郭春花", two, True, "not_granted"),
        ("高玉兰", two | {pieces: ""}, True, "nothing_given"),
        ("高玉兰", two, False, "no_proof"),
        ("高玉兰", two | {"received_by": "高小明"}, True, "no_relation"),
        ("高玉兰", two | {"relation": "family"}, True, "no_receiver"),
    ):
        seen = await give(season, head, fields, shown=shown)
        assert seen.status == 422, seen.text
        season.read(seen.text, f"refusal.ledger.{key}")


async def one_too_many(season: Season, pieces: str) -> None:
    """Somebody wrote one household's quilts down by mistake; they go back, once, and out again."""
    path = f"/admin/case/{season.cases['高玉兰']}/goods"
    page = await season.at["cun"].get(path)
    (handout,) = set(re.findall(r'name="handout" value="(\d+)"', page.html))
    back = {"handout": handout, "reason": "写错了户"}
    await season.no("cun", f"{path}/back", back | {"handout": "1"}, "refusal.ledger.gone")
    await season.yes("cun", f"{path}/back", back)
    await season.no("cun", f"{path}/back", back, "refusal.ledger.taken_back_before")
    assert (await give(season, "高玉兰", {pieces: "2", "given_on": season.day()})).status == 200


async def give(season: Season, head: str, fields: dict[str, str], *, shown: bool = True) -> Seen:
    """The village sends the household's form with a photo."""
    cun, path = season.at["cun"], f"/admin/case/{season.cases[head]}/goods"
    page = await cun.get(path)
    found = re.search(r'name="entry"[^>]* value="(\d+)"', page.html)
    typed = {"entry": found[1] if found else "1"} | fields
    return await cun.upload(path, typed, photo=("a.jpg", photo()) if shown else None)
