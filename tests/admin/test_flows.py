"""The talks as the console shows them, and their funnels."""

from datetime import timedelta

from bot.batch import Batch
from bot.flows import FLOWS
from bot.inbound import Inbound, Input, Kind
from intake.procedure import Role
from service.flow_book import FlowBook
from service.world import KnownWorld
from tests.admin.conftest import Console
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
        assert all(question.key in page.text for question in flow.questions)
    assert (await console.xian.get("/admin/flows/nothing")).status == 404
    assert "家里一共几口人" in (await console.xian.get("/admin/flows/apply")).text


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
    assert (await console.xian.get("/admin/flows/apply?channel=%00&language=tlh&days=-1")).status == 200


async def test_the_administrator_sees_the_talks(console: Console) -> None:
    await console.hire("admin", Role.ADMIN, None)
    administrator = await console.browser("admin")
    assert (await administrator.get("/admin/flows")).status == 200
    await administrator.http.close()
