"""Who comes to the demo: people who write in the chat and fill in forms, and officials who look after it.

They come by the ways that everybody has: talks and forms go through the turns, a report without a name through the
door of its page, and what officials do through their steps.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.filling import Form
from bot.inbound import Inbound, Input, Kind
from bot.reply import Reply
from bot.turns import BatchedTurns
from bot.world import World
from intake.access import Official
from intake.binding import make_code
from intake.discoveries import say_what_came
from intake.discovery_codes import DiscoveryState
from intake.handovers import answer, end
from intake.models import Discovery, Handover, Referral, Report
from intake.referrals import end_referral
from intake.report_steps import take_up, write_to_reporter
from intake.reports import make_report
from intake.unit import Units
from service.demo_county import HOME_VILLAGE
from store.clock import FixedClock, china_date
from store.database import Database

CHANNEL = "web"

_WELL = {"life": "ok", "housing": "safe", "water": "ok", "power": "ok", "heating": "ok", "groups": ["none"]}
_VISITS: tuple[tuple[int, dict[str, Any]], ...] = (
    (4, {"name": "胡桂兰", "groups": ["left_behind_elder"], "note": "儿子在郑州打工，粮食和煤都备好了"}),
    (
        3,
        {
            "name": "徐水生",
            "life": "short",
            "heating": "lacking",
            "help": ["temporary", "heating"],
            "groups": ["disabled"],
            "note": "面缸快见底了，床上只有一床薄被",
        },
    ),
    (1, {"name": "马永福", "housing": "dangerous", "help": ["housing"], "note": "后墙裂了一指宽，人已经搬到侄子家"}),
)
"""Days before the demo begins, and what the cadre of the home village found."""

_TOLD: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        72,
        {
            "who": "村小学后面的陈奶奶",
            "situations": ["old_alone", "no_warmth"],
            "urgent": "no",
            "seen": "一个人住，炉子坏了，天冷就躺在床上",
            "teller_phone": "13800009001",
            "teller": "刘志强",
        },
    ),
    (
        20,
        {
            "who": "河东组老郭家两个孩子",
            "situations": ["child_alone", "no_food"],
            "urgent": "yes",
            "seen": "爷爷住院了，两个孩子自己在家，一天吃一顿",
        },
    ),
    (
        5,
        {"who": "桥头修鞋的外地人", "situations": ["homeless"], "urgent": "no", "seen": "晚上睡桥洞，只有一床被子"},
    ),
)
"""Hours before the demo begins, and whom somebody told of."""

_CONFIDENTIAL = {
    "confidential": True,
    "kind": "charged",
    "level": "village",
    "persons": "村会计",
    "what": "领救助款的时候，村里让每户交 50 块钱手续费",
    "named": "no",
}
_ANONYMOUS = {
    "kind": "favouritism",
    "level": "township",
    "persons": "",
    "what": "镇里有人把亲戚家报上去了，他家在县城开着超市",
}
_ASKED = ("人工", "我妈没有身份证，能不能用户口本申请？")
_LATER = ("人工", "去年领过低保，今年冬春救助还能领吗？")
_ANSWER = "可以申请。低保户受了灾，一样可以申请冬春救助，由村里评议。"


class Visitors:
    """Lets them come, up to ``now``."""

    def __init__(self, database: Database, world: World, officials: Mapping[str, Official], now: datetime) -> None:
        self._now = now
        self._clock = FixedClock(now)
        self._units = Units(database, self._clock)
        self._turns = BatchedTurns(database, self._clock, lambda: world)
        self._officials = officials
        self._numbers = count(1)

    async def come(self) -> None:
        """All of them, one after the other."""
        await self._told()
        await self._visits()
        await self._reports()
        await self._questions()

    async def _told(self) -> None:
        for number, (hours, answers) in enumerate(_TOLD):
            self._clock.at = self._now - timedelta(hours=hours)
            await self._fill(f"neighbour-{number}", "discover", {"village": HOME_VILLAGE, **answers})
        self._clock.at = self._now - timedelta(hours=50)
        async with self._units.begin() as unit:
            first = (await unit.db.scalars(select(Discovery.id).order_by(Discovery.found_at))).first()
            assert first is not None  # noqa: S101 - told of just now
            words = "去看过了，炉子已经修好，送了两袋煤"
            new, seen = DiscoveryState.NEW.value, DiscoveryState.VISITED
            await say_what_came(unit, self._officials["cun"], first, new, seen, words)

    async def _visits(self) -> None:
        """The cadre binds a chat account, and goes from house to house with it."""
        self._clock.at = self._now - timedelta(days=5)
        async with self._units.begin() as unit:
            scene = await make_code(unit, self._officials["cun"])
        await self._send("cadre", Input(Kind.SCENE, scene))
        for days, found in _VISITS:
            self._clock.at = self._now - timedelta(days=days)
            day = china_date(self._clock.now()).isoformat()
            await self._fill("cadre", "visit", {"village": HOME_VILLAGE, "day": day, **_WELL, **found})
        self._clock.at = self._now - timedelta(days=1)
        async with self._units.begin() as unit:
            asked = (await unit.db.scalars(select(Referral.id).where(Referral.service == "temporary"))).first()
            assert asked is not None  # noqa: S101 - a visit asked for it
            words = "临时救助 1200 元已批，打到本人一卡通"
            await end_referral(unit, self._officials["minzheng"], asked, words, done=True)

    async def _reports(self) -> None:
        self._clock.at = self._now - timedelta(days=6)
        await self._fill("witness", "report", {"village": HOME_VILLAGE, **_CONFIDENTIAL})
        self._clock.forward(timedelta(days=1))
        async with self._units.begin() as unit:
            first = (await unit.db.scalars(select(Report.id))).one()
            inspector = self._officials["jijian"]
            await take_up(unit, inspector, first)
        async with self._units.begin() as unit:
            await write_to_reporter(unit, inspector, first, "已经派人到村里核实，查清了就在这里答复您。", 0)
        self._clock.at = self._now - timedelta(hours=16)
        async with self._units.begin() as unit:
            await make_report(unit, "demo:anonymous", None, HOME_VILLAGE, _ANONYMOUS)

    async def _questions(self) -> None:
        """Two ask for a human; one is answered, one waits."""
        self._clock.at = self._now - timedelta(days=2)
        await self._say("asker-0", *_LATER)
        self._clock.forward(timedelta(hours=1))
        async with self._units.begin() as unit:
            first = (await unit.db.scalars(select(Handover.id))).one()
            await answer(unit.db, unit.journal, self._officials["zhen"], first, _ANSWER, unit.now)
        self._clock.forward(timedelta(hours=1))
        async with self._units.begin() as unit:
            await end(unit.db, unit.journal, self._officials["zhen"], first, unit.now)
        self._clock.at = self._now - timedelta(hours=2)
        await self._say("asker-1", *_ASKED)

    async def _say(self, who: str, *words: str) -> None:
        for text in words:
            await self._send(who, Input(Kind.TEXT, text))

    async def _fill(self, who: str, flow: str, answers: Mapping[str, Any]) -> None:
        reply = await self._send(who, Input(Kind.FORM, Form(flow, answers, send=True).write()))
        assert reply.made, (flow, reply)  # noqa: S101 - the story's forms are right

    async def _send(self, who: str, sent: Input) -> Reply:
        (reply,) = await self._turns.take(Inbound(CHANNEL, f"demo-{next(self._numbers)}", f"demo-{who}", sent))
        return reply
