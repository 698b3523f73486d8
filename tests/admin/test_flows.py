"""The talks as the console shows them, and their funnels."""

import re
from datetime import timedelta

from bot.batch import Batch
from bot.flows import FLOWS
from bot.inbound import Inbound, Input, Kind
from intake.procedure import Role
from locales import texts
from service.condition_words import condition_words
from service.flow_book import FlowBook
from service.world import KnownWorld
from tests.admin.conftest import Console
from tests.bot.given import given
from tests.bot.test_talks import bot_world


async def talk(console: Console, *script: str, channel: str = "web", who: str = "a") -> None:
    """Someone talks with the bot."""
    for number, words in enumerate(script):
        async with console.world.database.connect() as connection:
            batch = Batch(connection, console.clock.now(), bot_world())
            await batch.answer([Inbound(channel, f"{who}{number}", who, Input(Kind.TEXT, words))])


async def test_every_flow_is_a_talk_and_a_diagram(console: Console) -> None:
    seen = await console.xian.get("/admin/flows")
    for flow in FLOWS.values():
        assert f'href="/admin/flows/{flow.name}"' in seen.html
        page = await console.xian.get(f"/admin/flows/{flow.name}")
        assert page.status == 200 and "<svg" in page.html
        assert all(texts()(flow.text(question, "name")) in page.text for question in flow.questions)
        assert not re.search(r"[a-z]_[a-z]|\$\{|false\(\)", page.text)
    assert (await console.xian.get("/admin/flows/nothing")).status == 404
    assert "家里一共几口人" in (await console.xian.get("/admin/flows/apply")).text


def test_when_a_question_is_asked_is_said_in_words() -> None:
    """Of every question; the longest is that of a visit's help."""
    said = {
        f"{flow.name}.{question.key}": condition_words(question.when, flow, given())
        for flow in FLOWS.values()
        for question in flow.questions
    }
    assert said["apply.head"] == ""
    assert said["report.name"] == "“留名字和电话”是“留名字和电话”"
    assert said["my_data.phone"] == "“要做什么”是“改联系电话”，并且填了“哪一户”"
    assert said["nominate.by_phone"] == "没绑工作账号，或者没填“这户的电话”"
    assert said["withdraw.case"] == "名下有还能办的申请，或者填了“撤回的申请”"
    assert said["visit.help"].count("，或者") == 10
    assert not [key for key, words in said.items() if re.search(r"[$@a-z]", words.replace("Language", ""))]


async def test_the_funnel_counts_what_happened_at_each_question_without_people(console: Console) -> None:
    await talk(console, "申请", "同意", "12345", "王建国", "返回", "取消")
    await talk(console, "申请", channel="wechat", who="b")
    book = FlowBook(KnownWorld(console.world.database, console.clock), console.clock)
    today = console.clock.now().date()
    async with console.world.database.read() as db:
        every = {share.question: share for share in await book.funnel(db, "apply", today, "", "")}
        wechat = {share.question: share for share in await book.funnel(db, "apply", today, "wechat", "")}
        tomorrow = await book.funnel(db, "apply", today + timedelta(days=1), "", "")
    assert (every["consent"].reached, every["consent"].answered) == (2, 1)
    head = every["head"]
    assert (head.reached, head.invalid, head.answered, head.back, head.left) == (2, 1, 1, 0, 1)
    assert every["id_number"].back == 1
    assert set(wechat) == {"consent"}
    assert not tomorrow
    page = await console.xian.get("/admin/flows/apply?channel=web&days=7")
    assert page.status == 200 and "王建国" in page.text  # the example in the talk; nobody's answer is counted
    assert "潭头镇石门村" in page.text  # a village, where the list has townships
    assert (await console.xian.get("/admin/flows/apply?channel=%00&language=tlh&days=-1")).status == 200


async def test_the_administrator_sees_the_talks(console: Console) -> None:
    await console.hire("admin", Role.ADMIN, None)
    administrator = await console.browser("admin")
    assert (await administrator.get("/admin/flows")).status == 200
    await administrator.http.close()
