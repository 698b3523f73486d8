"""Part ten: a citizen reports an irregularity and follows it by its receipt; the discipline inspection answers."""

import re

from tests.faces.stranger import Stranger
from tests.house.season.told import Season
from tests.media import photo


async def part(season: Season) -> None:
    """From the report to its answer."""
    citizen = Stranger(season.town.server)
    season.town.stack.push_async_callback(citizen.http.close)
    made = await citizen.report([photo()], what="会计的弟弟有两套房，也在名单上", level="village")
    assert made.status == 200, made.text
    wrong = await citizen.post("/reports", {"receipt": "0000-0000-0000-0000"})
    assert wrong.status == 422
    listing = await season.at["jijian"].get("/admin/reports")
    (path,) = set(re.findall(r"/admin/report/\d+", listing.html))
    assert (await season.at["cun"].get(path)).status == 403
    await season.yes("jijian", f"{path}/take")
    end: dict[str, object] = {"lines": "0", "result": "unproven", "why": ""}
    assert (await season.at["jijian"].post(f"{path}/end", end)).status == 422
    seen = await season.at["jijian"].get(path)
    lines = re.findall(r'name="lines" value="(\d+)"', seen.html)[0]
    await season.yes("jijian", f"{path}/end", end | {"lines": lines, "why": "查了名单，会计的弟弟没有申请"})
    answer = await citizen.post("/reports", {"receipt": made.receipt})
    assert "会计的弟弟没有申请" in answer.text, answer.text
