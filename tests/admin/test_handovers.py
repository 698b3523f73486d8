"""Talks that were handed over, as the officials who answer see them."""

import asyncio

from sqlalchemy import select

from bot.batch import Batch
from bot.inbound import Inbound, Input, Kind
from bot.policy.index import index
from bot.reply import Reply
from intake.models import Contact, EventRow, Handover
from intake.procedure import Role
from notifications.engine import Engine
from notifications.listener import Notifier
from notifications.models import Message
from tests.admin.conftest import Console
from tests.bot.test_talks import bot_world


class Phone:
    """One person's chat, and the messages that are ordered for them."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.count = 0
        self.engine = Engine(console.world.database.url, "tests")
        console.world.units.listeners = (Notifier(self.engine).listen,)

    async def say(self, words: str) -> list[Reply]:
        """What is answered at once."""
        self.count += 1
        world = self.console.world
        async with world.database.connect() as connection:
            batch = Batch(connection, self.console.clock.now(), bot_world(), world.units.listeners)
            inbound = Inbound("web", f"m{self.count}", "someone", Input(Kind.TEXT, words))
            (replies,) = await batch.answer([inbound])
        return list(replies)

    async def told(self) -> list[str]:
        """The templates of what was ordered to be sent later."""
        async with self.console.world.database.read() as db:
            return list(await db.scalars(select(Message.template).order_by(Message.number)))


async def open_handover(console: Console) -> tuple[Phone, int]:
    """Someone asks for a human in the middle of an application."""
    await index(console.world.database)
    phone = Phone(console)
    for words in ("申请", "同意", "人工", "我妈没有身份证怎么办"):
        replies = await phone.say(words)
    assert "工作人员看到就在这里回您" in replies[0].text
    async with console.world.database.read() as db:
        handover_id = await db.scalar(select(Handover.id))
    assert handover_id
    return phone, handover_id


async def test_the_bot_is_silent_until_the_human_ends_it(console: Console) -> None:
    phone, handover_id = await open_handover(console)
    assert await phone.say("1") == []
    assert "还没人回" in (await console.xian.get("/admin/handovers")).text
    page = await console.xian.get(f"/admin/handover/{handover_id}")
    assert "我妈没有身份证怎么办" in page.text
    sent = await console.xian.post(f"/admin/handover/{handover_id}/answer", {"text": "先填着，村里给办临时身份证"})
    assert "已经发给对方" in sent.text and "先填着" in sent.text
    assert await phone.say("好") == []
    ended = await console.xian.post(f"/admin/handover/{handover_id}/end")
    assert "现在没有人在等" in ended.text
    assert await phone.told() == ["message.handover", "message.handover_ended"]
    assert "户主叫什么名字" in (await phone.say("继续"))[0].text
    late = await console.xian.post(f"/admin/handover/{handover_id}/answer", {"text": "还有一句"})
    assert late.status == 422 and "刚被结束" in late.text and "还有一句" in late.html


async def test_the_person_can_go_back_to_the_menu(console: Console) -> None:
    phone, _ = await open_handover(console)
    assert "要办哪件事" in (await phone.say("菜单"))[0].text
    assert "户主叫什么名字" in (await phone.say("继续"))[0].text
    async with console.world.database.read() as db:
        assert (await db.scalars(select(Handover))).one().ended_at is not None
        assert (await db.scalars(select(Contact.flow))).one() == "apply"


async def test_nobody_answers_without_words_and_looking_leaves_an_event(console: Console) -> None:
    _, handover_id = await open_handover(console)
    empty = await console.xian.post(f"/admin/handover/{handover_id}/answer", {"text": "  "})
    assert empty.status == 422 and "请写要回的话" in empty.text
    await console.xian.get(f"/admin/handover/{handover_id}")
    async with console.world.database.read() as db:
        kinds = list(await db.scalars(select(EventRow.kind).where(EventRow.subject == f"handover:{handover_id}")))
    assert kinds == ["handover.begun", "handover.seen", "handover.seen"]


async def test_another_county_and_the_village_see_nothing(console: Console) -> None:
    phone, handover_id = await open_handover(console)
    assert (await console.cun.get("/admin/handovers")).status == 403
    async with console.world.database.write() as db:
        (await db.get_one(Handover, handover_id)).division = "623021"
    assert (await console.xian.get(f"/admin/handover/{handover_id}")).status == 404
    assert "现在没有人在等" in (await console.xian.get("/admin/handovers")).text
    await console.hire("minzheng", Role.CIVIL, "410324")
    civil = await console.browser("minzheng")
    assert (await civil.post(f"/admin/handover/{handover_id}/end")).status == 404
    await civil.http.close()
    assert await phone.say("在吗") == []


async def test_two_officials_end_it_at_once_and_it_ends_once(console: Console) -> None:
    phone, handover_id = await open_handover(console)
    await asyncio.gather(
        console.xian.post(f"/admin/handover/{handover_id}/end"), console.zhen.post(f"/admin/handover/{handover_id}/end")
    )
    assert await phone.told() == ["message.handover_ended"]


async def test_what_the_person_wrote_meanwhile_is_read_before_it_ends(console: Console) -> None:
    phone, handover_id = await open_handover(console)
    page = await console.xian.get(f"/admin/handover/{handover_id}")
    assert 'name="lines" value="1"' in page.html
    await phone.say("房子也塌了")
    seen = await console.xian.post(f"/admin/handover/{handover_id}/end", {"lines": "1"})
    assert (seen.status, "对方刚刚又写了话" in seen.text, "房子也塌了" in seen.text) == (409, True, True)
    ended = await console.xian.post(f"/admin/handover/{handover_id}/end", {"lines": "2"})
    assert "现在没有人在等" in ended.text
