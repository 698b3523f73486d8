"""Part four: the township audits the register and sends a batch; the county decides; one household appeals."""

from service.demo_county import HOME_VILLAGE
from tests.house.season.forms import NOTICE, REVIEW, meeting, passes, ruling
from tests.house.season.requesting import asks_too_early
from tests.house.season.told import Season

IN_NEED = ("高玉兰", "周水声", "王桂兰", "李保全", "吴长顺", "胡德胜", "徐玉梅", "朱小红")
CHAT = {"refusal.G5.appeal_over": "appeal.over"}


async def part(season: Season) -> None:
    """From the register to the list of those in need."""
    await audited(season)
    await batched(season)
    await asks_too_early(season)
    await decided(season)
    await appealed(season)


async def audited(season: Season) -> None:
    """Most pass; one is cut, one is sent back to the village and withdrawn there by nobody: it stays."""
    path, (good, cut, back) = "/admin/audit/need", season.ids("高玉兰", "郭春花", "马金枝")
    await season.no("zhen", path, ruling("cut", [cut]), "rules.actors.gives_reason:refusal.L8.no_reason")
    heads = [head for head in IN_NEED if head not in ("徐玉梅", "朱小红")]
    await season.yes("zhen", path, ruling("pass_audit", season.ids(*heads)))
    await season.no("zhen", path, ruling("pass_audit", [good]), "moves.overtaken:refusal.state")
    completed = {"pass": "need", "action": "complete", "reason": "补来了残疾证"}
    await season.no("zhen", f"/admin/case/{good}/step", completed, "procedure.move:refusal.state")
    await season.yes("zhen", path, ruling("cut", [cut], "与低保台账比对，已领临时救助"))
    await season.yes("zhen", path, ruling("return", [back], "请写清家里几口人在外打工"))
    await season.yes("zhen2", path, ruling("pass_audit", season.ids("徐玉梅")))
    await related(season, path)
    page = await season.at["zhen"].get("/admin/batches/need?level=village")
    assert "石门" in page.text


async def related(season: Season, path: str) -> None:
    """An official says that a household is a relative's, and is kept from deciding on it."""
    case = season.cases["朱小红"]
    page = f"/admin/case/{case}/relative"
    await season.no("zhen2", page, {"kin-relation": "", "kin-name": ""}, "refusal.L12.no_relation")
    await season.yes("zhen2", page, {"kin-relation": "sibling", "kin-name": ""})
    await season.no("zhen2", path, ruling("pass_audit", [case]), "refusal.L12.relative")
    assert "马国强" in (await season.at["xian"].get(f"/admin/case/{case}")).text
    await season.yes("zhen", path, ruling("pass_audit", [case]))


async def batched(season: Season) -> None:
    """Form 2: the township's batch."""
    path, village = "/admin/batches/need", f"village-{HOME_VILLAGE}"
    await season.no("zhen", path, {}, "refusal.L8.nothing_to_batch")
    await season.no("zhen", path, {village: "99"}, "refusal.L8.batch_overtaken")
    seen = await season.yes("zhen", path, {village: str(len(IN_NEED))})
    assert seen.path.startswith("/admin/batch/")


async def decided(season: Season) -> None:
    """The county accepts all but one, who is told why."""
    path, (refused,) = "/admin/decide/need", season.ids("朱小红")
    asked = {"pass": "need", "action": "ask", "reason": "请补朱小红家的收入证明"}
    await season.yes("xian", f"/admin/case/{refused}/step", asked)
    await season.yes("zhen", f"/admin/case/{refused}/step", asked | {"action": "complete", "reason": "已补"})
    await season.yes("xian", path, ruling("accept", season.ids(*IN_NEED[:-1])))
    await season.yes("xian", path, ruling("refuse", [refused], "有人领工资"))


async def appealed(season: Season) -> None:
    """She appeals; not the one who refused her allows it, and the village reviews her anew. Another comes too late."""
    her, case = season.people["朱小红"], season.cases["朱小红"]
    for word in ("申诉", "儿子早就不领工资了，家里四口人全靠两亩地"):
        await her.say(word)
    assert "申诉收到了" in await her.say("提交")
    step: dict[str, object] = {"pass": "need", "action": "allow_appeal", "reason": "情况属实，请村里重新评议"}
    await season.no("cun", f"/admin/case/{case}/step", step, "procedure.move:refusal.role")
    await season.no("xian", f"/admin/case/{case}/step", step, "refusal.L12.acted_before")
    await season.yes("xian2", f"/admin/case/{case}/step", step)
    both = season.ids("朱小红", "马金枝")
    await season.yes("cun", f"{REVIEW}/need", meeting(season.day(), *map(passes, both)))
    await season.yes("cun", f"{NOTICE}/need")
    await season.forward(5)
    await season.yes("zhen", "/admin/audit/need", ruling("pass_audit", both))
    await season.yes("zhen", "/admin/batches/need", {f"village-{HOME_VILLAGE}": "2"})
    await season.yes("xian", "/admin/decide/need", ruling("accept", both))

    late = season.people["林永福"]
    for word in ("申诉", "我家的工资早停了"):
        await late.say(word)
    season.read(await late.say("提交"), "refusal.G5.appeal_over", says=CHAT)
