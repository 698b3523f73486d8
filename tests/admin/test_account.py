"""The page «my chat accounts»: a code for every channel, what is bound, and parting it."""

import re
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from sqlalchemy import func, select

from admin.app import VillageLink
from bot.channels.telegram import TelegramSettings, build_bot
from bot.channels.wechat_api import WeChatApi
from intake.access import Official
from intake.binding import redeem
from intake.models import Binding, Contact
from intake.procedure import Role
from intake.sending import TemporaryError
from service.senders import deep_links, scene_links
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from tests.admin.browser import Browser, Seen
from tests.admin.conftest import Console, open_console
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.world import World, make_contact

_OPEN = re.compile(r'href="http://127\.0\.0\.1/chat\?v=([^"]+)"')


def scene_on(seen: Seen) -> str:
    """The scene of the code on the page."""
    found = _OPEN.search(seen.html)
    assert found is not None, seen.text
    return found[1]


def state_of(seen: Seen) -> str:
    """Where the page asks after its code."""
    found = re.search(r'data-watch="([^"]+)"', seen.html)
    assert found is not None, seen.text
    return found[1]


async def scan(world: World, scene: str, channel: str = "wechat") -> int:
    """Somebody scans it; their contact."""
    contact = await make_contact(world, channel)
    async with world.units.begin() as unit:
        bound = await redeem(await unit.db.connection(), unit.journal, unit.now, contact, scene)
    assert isinstance(bound, Official)
    return contact


async def test_a_code_is_given_at_a_press_scanned_and_listed(console: Console) -> None:
    before = await console.cun.get("/admin/account")
    assert "还没有绑定聊天账号" in before.text and 'class="qr"' not in before.html
    given = await console.cun.post("/admin/account")
    assert given.html.count('class="qr"') == 1
    assert "请在 2022年11月1日 12:10 以前扫" in given.text
    await scan(console.world, scene_on(given))
    after = await console.cun.get("/admin/account")
    assert "微信 2022年11月1日 12:00 起" in after.text
    assert "微信 2022年11月1日" not in (await console.zhen.get("/admin/account")).text


async def test_the_page_is_told_when_its_code_is_used_or_over(console: Console) -> None:
    given = await console.cun.post("/admin/account")
    watch = state_of(given)
    waits = await console.cun.get(watch)
    assert "还没有人扫" in waits.text and waits.headers["Refresh"] == "5" and "Content-Location" not in waits.headers
    assert scene_on(given) not in watch
    assert "不能用了" in (await console.zhen.get(watch)).text  # nobody learns of another's
    await scan(console.world, scene_on(given))
    used = await console.cun.get(watch)
    assert "用过了，账号绑好了" in used.text and "Refresh" not in used.headers
    assert "绑好的账号在下面" in (await console.cun.get(used.headers["Content-Location"])).text


@pytest.mark.parametrize("how", ["late", "replaced", "made up"])
async def test_a_code_that_is_over_is_said_to_be(console: Console, how: str) -> None:
    watch = state_of(await console.cun.post("/admin/account"))
    if how == "late":
        console.clock.forward(timedelta(minutes=10))
    if how == "replaced":
        await console.cun.post("/admin/account")
    seen = await console.cun.get("/admin/account/code?of=" if how == "made up" else watch)
    assert "这个码不能用了" in seen.text and "Refresh" not in seen.headers
    assert "刚才的码不能用了" in (await console.cun.get(seen.headers["Content-Location"])).text


async def test_only_the_state_of_a_code_may_stand_in_a_frame_of_ours(console: Console) -> None:
    given = await console.cun.post("/admin/account")
    assert "frame-ancestors 'none'" in given.headers["Content-Security-Policy"]
    state = await console.cun.get(state_of(given))
    assert "frame-ancestors 'self'" in state.headers["Content-Security-Policy"]
    assert state.headers["X-Frame-Options"] == "SAMEORIGIN"


async def test_nothing_on_the_way_keeps_the_code_itself(console: Console) -> None:
    scene = scene_on(await console.cun.post("/admin/account"))
    assert scene not in (await console.cun.get("/admin/account")).html
    async with console.world.database.read() as db:
        (kept,) = await db.scalars(select(Binding))
    assert scene.encode() not in kept.token_hash and len(kept.token_hash) == 32
    assert kept.expires_at - console.clock.now() == timedelta(minutes=10)


async def test_every_new_code_takes_the_place_of_the_one_before(console: Console) -> None:
    scenes = {scene_on(await console.cun.post("/admin/account")) for _ in range(3)}
    assert len(scenes) == 3
    async with console.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Binding)) == 1


async def test_an_account_is_parted_by_its_official_alone(console: Console) -> None:
    contact = await scan(console.world, scene_on(await console.cun.post("/admin/account")))

    async def owner() -> int | None:
        async with console.world.database.read() as db:
            return (await db.scalars(select(Contact.staff_id).where(Contact.id == contact))).one()

    await console.zhen.get("/admin/account")
    await console.zhen.post("/admin/account/unbind", {"contact": contact})
    assert await owner() == console.world.cun.id
    await console.cun.get("/admin/account")
    seen = await console.cun.post("/admin/account/unbind", {"contact": contact})
    assert seen.path == "/admin/account" and "已解绑" in seen.text
    assert await owner() is None
    for wrong in ("", "x", "9" * 30):
        assert (await console.cun.post("/admin/account/unbind", {"contact": wrong})).status == 404


async def test_everyone_who_signs_in_finds_the_page(console: Console) -> None:
    await console.hire("boss", Role.ADMIN, None)
    boss = await console.browser("boss")
    for browser in (console.cun, console.xian, boss):
        assert 'href="/admin/account"' in (await browser.get("/admin/")).html
        assert (await browser.get("/admin/account")).status == 200
    await boss.http.close()


@pytest.mark.parametrize("answers", [True, False], ids=["WeChat answers", "WeChat is away"])
async def test_each_channel_has_its_code_and_one_that_is_away_says_so(
    database: Database, clock: FixedClock, keyring: Keyring, answers: bool
) -> None:
    async def wechat(scene: str) -> str:
        if not answers:
            raise TemporaryError("wechat:network")
        return f"http://weixin.qq.com/q/{scene}"

    async def telegram(scene: str) -> str:
        return f"https://t.me/nuandong_bot?start={scene}"

    links = {"wechat": wechat, "telegram": telegram}
    _, server = await open_console(database, clock, keyring, demo=False, scene_links=links)
    browser = Browser(server)
    await browser.sign_in("cun")
    await browser.get("/admin/account")
    seen = await browser.post("/admin/account")
    await browser.http.close()
    await server.close()
    assert seen.html.count('class="qr"') == (3 if answers else 2)
    assert f"https://t.me/nuandong_bot?start={scene_on(seen)}" in seen.html
    assert ("微信的码这会儿没有拿到" in seen.text) is not answers


async def test_wechat_and_telegram_are_asked_for_the_scene(clock: FixedClock) -> None:
    scene = "b" + "A" * 22
    async with FakeWeChat(clock) as fake, ClientSession() as session:
        api = WeChatApi(fake.account.app_id, fake.account.secret, session, clock, base=fake.base)
        link = await scene_links(api)(scene)
        assert fake.scenes[VillageLink(link).url.removeprefix("http://weixin.qq.com/q/")] == scene
    async with FakeTelegram() as telegram, ClientSession() as session:
        bot = build_bot(TelegramSettings(TOKEN, "secret", telegram.base), session)
        assert re.fullmatch(rf"https://t\.me/\w+\?start={scene}", await deep_links(bot)(scene))
        telegram.fail("getMe", 500, "Internal Server Error", times=9)
        with pytest.raises(TemporaryError):
            await deep_links(bot)(scene)
