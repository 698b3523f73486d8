"""Part two: before the meeting papers are asked for, a name is put right, somebody thinks better of it."""

from tests.house.season.applying import apply, talk
from tests.house.season.told import Season

CARD = "6217000012345670"


async def part(season: Season) -> None:
    """What happens between the application and the meeting."""
    case = season.cases["高玉兰"]
    asked = {"pass": "need", "action": "ask", "reason": ""}
    await season.no("cun", f"/admin/case/{case}/step", asked, "rules.actors.gives_reason:refusal.L8.no_reason")
    await season.yes("cun", f"/admin/case/{case}/step", asked | {"reason": "身份证号看不清，请再报一次"})
    assert "身份证号看不清" in await season.people["高玉兰"].say("查进度")
    await apply(season, season.people["高玉兰"], *talk(101, "高玉兰", 3, "一组", "留守老人"))
    assert "身份证号看不清" not in await season.people["高玉兰"].say("查进度")

    for word in ("撤回申请", "日子过得去了"):
        await season.people["罗海军"].say(word)
    assert "撤回了" in await season.people["罗海军"].say("提交")
    assert "没有能撤回的申请" in await (await season.someone()).say("撤回申请")

    await gives_card(season, "周水生", CARD)
    # His name was mistyped: he applies anew with the right one. The card still bears the wrong one.
    await apply(season, season.people["周水生"], *talk(102, "周水声", 2, "一组"))
    season.cases["周水声"] = season.cases.pop("周水生")


async def gives_card(season: Season, head: str, card: str, *, cadre: bool = False) -> str:
    """Somebody tells their card by chat, or the cadre a household's of the village; what is answered."""
    person = season.people["cadre" if cadre else head]
    for word in ("报银行卡", *([season.numbers[head]] if cadre else []), card):
        said = await person.say(word)
    if "再" in said:  # its last digit does not fit: it is asked for twice
        said = await person.say(card)
    said = await person.say(head)
    return await person.say("提交") if "提交就等于" in said else said
