"""Part six: the same households come before the meeting once more, which says how much; the helper gives a hint."""

import re
from collections.abc import Mapping

from service.demo_county import HOME_VILLAGE
from tests.house.season.forms import NOTICE, REVIEW, meeting, passes, ruling
from tests.house.season.told import Season

TIERS = {"一般困难": "ordinary", "较重困难": "heavier", "特别困难": "special"}
GRANTED = ("高玉兰", "周水声", "王桂兰", "吴长顺", "胡德胜", "徐玉梅", "朱小红", "马金枝", "李保全")
FIRST = ("高玉兰", "周水声", "王桂兰", "马金枝", "吴长顺", "胡德胜")
"""Three of the first group, three of the second; of 3, 2, 3, 1, 2 and 3 persons."""
PATH = f"{REVIEW}/grant"


async def part(season: Season) -> None:
    """From the hint to the county's decision on the money."""
    hints = await hinted(season)
    await refused_amounts(season)
    await refused_shares(season)
    await agreed(season, hints)
    everyone = season.ids(*GRANTED)
    await season.yes("cun", f"{NOTICE}/grant")
    await season.forward(5)
    await season.yes("zhen", "/admin/audit/grant", ruling("pass_audit", everyone))
    ready = re.search(r"¥([\d,]+)\.00", (await season.at["zhen"].get("/admin/batches/grant")).text)
    assert ready
    season.granted_yuan = int(ready[1].replace(",", ""))
    await season.yes("zhen", "/admin/batches/grant", {f"village-{HOME_VILLAGE}": str(len(everyone))})
    await season.yes("xian", "/admin/decide/grant", ruling("accept", everyone))
    await season.forward(1)


async def hinted(season: Season) -> dict[str, str]:
    """The township asks the helper what its money would come to, and gives the village the answer as a hint: a tier by
    head."""
    seen = await season.at["zhen"].get("/admin/allocation?money=4000")
    assert seen.status == 200 and "高玉兰" in seen.text, seen.text
    await season.yes("zhen", "/admin/allocation", {"money": "4000"})
    late = {"money": "3000", "given": ""}
    await season.no("zhen2", "/admin/allocation", late, "refusal.L9.hint_overtaken")
    page = (await season.at["cun"].get(PATH)).text
    found = {head: re.search(rf"{head} 410324-2022-\d+ .*?镇里参考 (\w+)：", page) for head in GRANTED}
    return {head: TIERS[hint[1]] for head, hint in found.items() if hint}


async def refused_amounts(season: Season) -> None:
    """Amounts that the plan does not know."""
    high, two, three, one, pair, trio, four = season.ids(*FIRST, "朱小红")
    verdicts = (
        passes(high, tier=""),
        passes(two, tier="ordinary", amount="100"),
        passes(three, tier="heavier", amount="700"),
        passes(one, tier="special", amount="500"),
        passes(pair, tier="special", amount="5000"),
        passes(trio, tier="special", amount="800"),
        passes(four, tier="special", amount="2500"),
    )
    about = ("L4.no_tier", "L6.under_floor", "L5.not_special", "L4.over_tier", "L5.over_raise", "L4.under_tier")
    keys = [f"refusal.{key}" for key in (*about, "L4.over_household_cap")]
    await season.no("cun", PATH, meeting(season.day(), *verdicts), *keys)
    stranger = meeting(season.day(), passes(season.cases["郭春花"], tier="ordinary"))
    await season.no("cun", PATH, stranger, "refusal.L11.not_on_needs_list")


async def refused_shares(season: Season) -> None:
    """Money that is shared out equally: by household, by head, by place."""
    high, two, three, one, pair, trio = FIRST
    ways: dict[str, dict[str, str]] = {
        "equal_per_person": dict.fromkeys((high, two, three, pair, trio), "heavier"),
        "equal_per_household": dict.fromkeys((high, three), "heavier")
        | dict.fromkeys((two, pair, "徐玉梅"), "special"),
        "equal_within_area": dict.fromkeys((high, two, three), "heavier") | dict.fromkeys((one, pair, trio), "special"),
        "equal_per_area": dict.fromkeys((high, three, trio), "ordinary") | dict.fromkeys((one, "徐玉梅"), "special"),
    }
    for what, tiers in ways.items():
        verdicts = [passes(season.cases[head], tier=tier) for head, tier in tiers.items()]
        await season.no("cun", PATH, meeting(season.day(), *verdicts), f"refusal.L6.{what}")


async def agreed(season: Season, hints: Mapping[str, str]) -> None:
    """What the meeting agrees on: as was hinted, but for one household that is hit so hard that it gets more, by its
    own statement."""
    statement = "四口人，两个病人，房子也塌了，家里没有一分钱收入。朱小红"
    own, old = "朱小红", "李保全"
    verdicts = [passes(season.cases[head], tier=tier) for head, tier in hints.items() if head not in (own, old)]
    assert len(verdicts) == 7, hints
    verdicts.append(passes(season.cases[own], tier="special", amount="1500", statement=statement))
    await season.yes("cun", PATH, meeting(season.day(), *verdicts))
    await season.yes("cun2", PATH, meeting(season.day(), passes(season.cases[old], tier=hints[old])))
