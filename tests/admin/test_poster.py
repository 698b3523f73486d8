"""The village's poster: its code opens the chat at that village, and it says what to do to people who cannot scan."""

import re
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from admin.app import VillageLink
from admin.qr import modules
from bot.channels.wechat_api import WeChatApi
from intake.procedure import Role
from intake.sending import TemporaryError
from service.senders import village_links
from store.cipher import Keyring
from store.clock import FixedClock
from store.database import Database
from tests.admin.browser import Browser
from tests.admin.conftest import Console, open_console
from tests.fakes.wechat import FakeWeChat
from tests.world import SHIMEN

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def code_on(html: str) -> list[list[bool]]:
    """The squares of the code that a page draws."""
    size = int(re.search(r'class="qr" viewBox="0 0 (\d+) \1"', html)[1])  # type: ignore[index]
    path = re.search(r'<path d="([^"]+)"', html)[1]  # type: ignore[index]
    squares = [[False] * size for _ in range(size)]
    for x, y, width, back in _RUN.findall(path):
        assert width == back
        squares[int(y)][int(x) : int(x) + int(width)] = [True] * int(width)
    assert _RUN.sub("", path) == ""
    return squares


def code_of(link: str) -> list[list[bool]]:
    """What the library draws for a link."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_Q, border=4)
    code.add_data(link)
    code.make()
    return [list(map(bool, row)) for row in code.get_matrix()]


async def test_the_posters_code_opens_the_chat_at_this_village(console: Console) -> None:
    for browser in (console.cun, console.zhen, console.xian):
        seen = await browser.get(f"/admin/village/{console.world.village}/qr")
        assert code_on(seen.html) == code_of(f"http://127.0.0.1/chat?v={console.world.village}")
    for words in (
        "受灾困难群众冬春救助",
        "扫码申请",
        "潭头镇 石门村",
        "不会用手机的，找村里帮您填。",
        "监督电话 66789599",
    ):
        assert words in seen.text, words
    assert " style=" not in seen.html
    assert modules("a") != modules("b")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/chat", True),
        ("http://localhost/chat", True),
        ("http://[::1]:8080/chat", True),
        ("http://0.0.0.0:8080/chat", True),
        ("https://nuandong.example.cn/chat", False),
        ("http://192.168.1.20:8080/chat", False),
        ("http://weixin.qq.com/q/1", False),
    ],
)
def test_an_address_of_this_machine_alone_is_local(url: str, local: bool) -> None:
    assert VillageLink(url).is_local is local


async def test_a_poster_that_no_telephone_can_open_says_so(console: Console) -> None:
    seen = await console.cun.get(f"/admin/village/{console.world.village}/qr")
    assert "先别贴：手机打不开这个码" in seen.text
    assert "NUANDONG_PUBLIC_URL" in seen.text


async def test_everyone_finds_the_posters_of_their_area_from_the_first_page(console: Console) -> None:
    assert f'href="/admin/village/{console.world.village}/qr"' in (await console.cun.get("/admin/")).html
    assert 'href="/admin/posters"' in (await console.zhen.get("/admin/")).html
    own, township, county = [
        (await browser.get("/admin/posters")).html for browser in (console.cun, console.zhen, console.xian)
    ]
    assert own.count('/qr"') == 1
    assert f"/admin/village/{console.world.other_village}/qr" in township
    assert f"/admin/village/{console.world.far_village}/qr" not in township
    assert f"/admin/village/{console.world.far_village}/qr" in county


async def test_no_poster_of_another_area(console: Console) -> None:
    assert (await console.cun.get(f"/admin/village/{console.world.other_village}/qr")).status == 404
    assert (await console.zhen.get(f"/admin/village/{console.world.far_village}/qr")).status == 404
    await console.hire("minzheng", Role.CIVIL, "410324")
    civil = await console.browser("minzheng")
    assert (await civil.get(f"/admin/village/{console.world.village}/qr")).status == 403
    assert "poster" not in (await civil.get("/admin/")).html
    await civil.http.close()


@pytest.mark.parametrize("answers", [True, False], ids=["WeChat answers", "WeChat is away"])
async def test_with_wechat_the_code_is_wechats_and_falls_back_to_the_web(
    database: Database, clock: FixedClock, keyring: Keyring, answers: bool
) -> None:
    async def link(village: str) -> VillageLink:
        if not answers:
            raise TemporaryError("wechat:network")
        return VillageLink(f"http://weixin.qq.com/q/{village}", datetime(2022, 12, 1, 4, tzinfo=UTC))

    world, server = await open_console(database, clock, keyring, demo=False, wechat_link=link)
    browser = Browser(server)
    await browser.sign_in("cun")
    seen = await browser.get(f"/admin/village/{world.village}/qr")
    await browser.http.close()
    await server.close()
    url = f"http://weixin.qq.com/q/{world.village}" if answers else f"http://127.0.0.1/chat?v={world.village}"
    assert code_on(seen.html) == code_of(url)
    assert ("此码 2022年12月1日 前有效" in seen.text) is answers
    assert ("微信的码这会儿没有拿到" in seen.text) is not answers
    assert ("手机打不开这个码" in seen.text) is not answers


async def test_wechat_is_asked_for_the_villages_scene(clock: FixedClock) -> None:
    async with FakeWeChat(clock) as fake, ClientSession() as session:
        api = WeChatApi(fake.account.app_id, fake.account.secret, session, clock, base=fake.base)
        link = await village_links(api)(SHIMEN)
    assert fake.scenes[link.url.removeprefix("http://weixin.qq.com/q/")] == f"v{SHIMEN}"
    assert link.until is not None
    assert (link.until - datetime.now(UTC)).days == 29
