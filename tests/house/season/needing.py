"""Part three: the village's meeting says who is in need; its list hangs five days; two are objected to."""

import re

from intake.meeting_photos import MOST
from tests.admin.test_meeting import send_photo
from tests.house.season.forms import NOTICE, REVIEW, meeting, passes, refuses
from tests.house.season.told import Season
from tests.house.town import Person
from tests.media import photo

PASSED = ("高玉兰", "周水声", "王桂兰", "吴长顺", "胡德胜", "马金枝", "郭春花", "朱小红", "徐玉梅")
CHAT = {"refusal.objection.enough": "objection.enough", "refusal.objection.many": "objection.many"}


async def part(season: Season) -> None:
    """From the meeting to the register."""
    await refused_meetings(season)
    held = season.day()
    verdicts = [passes(case) for case in season.ids(*PASSED)]
    verdicts += [refuses(case) for case in season.ids("林永福", "何大妮", "秦小满")]
    await season.yes("cun", f"{REVIEW}/need", meeting(held, *verdicts))
    again = meeting(held, passes(season.cases["高玉兰"]))
    await season.no("cun", f"{REVIEW}/need", again, "procedure.move:refusal.state")
    alone = {"verdict": "simplified", "reason": "留守老人，一个人过", "for": "", "against": ""}
    own = meeting(held, passes(season.cases["李保全"], **alone))
    await season.no("cun", f"{REVIEW}/need", own, "refusal.L12.nominated")
    await season.yes("cun2", f"{REVIEW}/need", own)
    page = await season.at["cun"].get(f"/admin/case/{season.cases['高玉兰']}")
    (met,) = set(re.findall(r"/admin/meetings/\d+", page.html))
    for number in range(MOST):
        assert (await send_photo(season.at["cun"], met, photo(size=(60 + number, 40)))).status == 200
    season.read((await send_photo(season.at["cun"], met, photo(size=(40, 60)))).text, "refusal.L7.enough_photos")
    assert "家里有人领工资" in await season.people["林永福"].say("查进度")
    await posted(season)


async def refused_meetings(season: Season) -> None:
    """What a meeting may not be."""
    path, today, (one, wrong, other) = f"{REVIEW}/need", season.day(), season.ids("高玉兰", "何大妮", "马金枝")
    nobody = meeting(season.day(1), form="", present="0", minutes="")
    about = ("no_households", "no_form", "meeting_in_future", "nobody_present", "no_minutes")
    await season.no("cun", path, nobody, *(f"refusal.L7.{key}" for key in about))
    few = meeting(today, passes(one, **{"for": "4", "against": "1"}), present="5")
    await season.no("cun", path, few, "refusal.L7.too_few")
    await season.no("cun", path, meeting(season.day(-1), passes(one)), "refusal.L8.met_too_early")
    odd = meeting(today, passes(one), ends_at="14:00", attendance="周大山\n李小兰")
    await season.no("cun", path, odd, "refusal.L7.ended_before_begun", "refusal.L7.other_attendance")
    simple = meeting(today, passes(other, verdict="simplified", reason="一个人过，年纪大了"))
    await season.no("cun", path, simple, "refusal.X5.other_category")
    many = meeting(today, passes(one, **{"for": "26"}), refuses(other, **{"against": "26", "reason": ""}))
    counted = "refusal.L7.more_votes_than_people"
    await season.no(
        "cun", path, many, f"rules.meeting.votes_carry:{counted}", f"rules.meeting.votes_do_not_carry:{counted}"
    )
    turned = meeting(today, passes(one, **{"for": "2"}), refuses(other, **{"for": "20", "against": "2"}))
    await season.no("cun", path, turned, "refusal.L7.not_carried", "refusal.L7.carried")
    strangers = meeting(today, passes(wrong), passes(season.cases["秦小满"]))
    await season.no("cun", path, strangers, "refusal.L1.other_disaster", "refusal.L1.group_not_hit")
    await season.no("cun", path, meeting(today, passes(10**15)), "moves.UNKNOWN:refusal.unknown_case")
    await season.no("cun", f"{NOTICE}/need", {}, "refusal.L8.nothing_to_post")


async def posted(season: Season) -> None:
    """The notice hangs, and people object."""
    seen = await season.yes("cun", f"{NOTICE}/need")
    path = seen.path
    public = await season.at["cun"].get("/notices/410324103201")
    assert "高玉兰" in public.text and "410324" not in public.text
    await season.forward(1)
    neighbour = await season.someone()
    season.people["neighbour"] = neighbour
    for time in range(6):
        said = await objects(neighbour, "徐玉梅", "她家在县城有两套房" if not time else f"第{time}次来说")
    season.read(said, "refusal.objection.enough", says=CHAT)
    await settle(season, path, upheld=True)
    assert "徐玉梅" in "".join(await neighbour.told(1))
    for _time in range(9):
        said = await objects(neighbour, "郭春花", "听说她家买了车")
        await settle(season, path, upheld=False)
    season.read(await objects(neighbour, "郭春花", "车就停在门口"), "refusal.objection.many", says=CHAT)

    village = {"household": season.cases["马金枝"], "text": "有人说她儿子在外打工"}
    short = village | {"text": "有"}
    await season.no("cun", f"{path}/objection", short, "rules.actors.gives_reason:refusal.L8.no_reason")
    await season.yes("cun", f"{path}/objection", village)
    await season.forward(5)
    await season.no("cun", f"{path}/objection", village, "refusal.L8.notice_over")
    await settle(season, path, upheld=False)
    await reviewed_anew(season)


async def settle(season: Season, path: str, *, upheld: bool) -> None:
    """The township answers the objection that is open, once."""
    seen = await season.at["zhen"].get(path)
    one = re.findall(r'name="objection" value="(\d+)"', seen.html)[0]
    fields: dict[str, object] = {"objection": one, f"upheld-{one}": "yes" if upheld else "no", f"answer-{one}": ""}
    if upheld:
        await season.no("zhen", f"{path}/settle", fields, "notices._may_settle:refusal.L8.no_reason")
        half = fields | {f"answer-{one}": "到户核实过了", "read": "1"}
        await season.no("zhen", f"{path}/settle", half, "refusal.L8.objection_added")
    await season.yes("zhen", f"{path}/settle", fields | {f"answer-{one}": "到户核实过了"})
    if upheld:
        await season.no("zhen", f"{path}/settle", fields, "refusal.L8.settled")


async def reviewed_anew(season: Season) -> None:
    """Whoever was objected to with reason comes before the meeting again, and hangs five days of their own."""
    await season.yes("cun", f"{REVIEW}/need", meeting(season.day(), passes(season.cases["徐玉梅"])))
    await season.yes("cun", f"{NOTICE}/need")
    await season.forward(5)


async def objects(person: Person, head: str, reason: str) -> str:
    """Somebody objects to a line of the notice by chat; what is answered."""
    for word in ("对公示有意见", "石门村", head, reason, "跳过", "跳过"):
        await person.say(word)
    return await person.say("提交")
