"""The chat in a browser: typed and tapped to the case number, and nothing lost on the way."""

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from intake.models import Case, Household
from tests.browser.axe import axe
from tests.browser.chat import Chat
from tests.browser.screens import DARK_PHONE, DESKTOP, PHONE, Screen
from tests.browser.watch import Watch
from tests.house.town import Town
from tests.world import resident_id


@pytest.fixture
async def chat(site: Town, page: Page) -> Chat:
    """Someone who has just opened the chat."""
    opened = Chat(page)
    await opened.open(site.url("/chat"))
    return opened


async def to_the_categories(chat: Chat, head: str, number: int) -> None:
    """The first half of an application."""
    await chat.tap("申请救助")
    await chat.tap("同意")
    await chat.say(head)
    await chat.say(resident_id(number))
    await chat.say(f"138 0000 {number:04d}")
    await chat.say("四口人")
    await chat.say("俩")
    await chat.say("潭头石门")
    assert "属于" in await chat.say("三组")


async def case_number(site: Town, head: str) -> str:
    """The number of the case that was made for ``head``."""
    async with site.house.database.read() as db:
        query = select(Case.number).join(Household, Household.id == Case.household_id).where(Household.head == head)
        return (await db.scalars(query)).one()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=str)
async def test_a_whole_application(site: Town, chat: Chat, screen: Screen) -> None:
    number, head = (801, "高玉兰") if screen is PHONE else (802, "高玉梅")
    await to_the_categories(chat, head, number)
    await chat.tick("留守老人", "残疾人")
    assert "哪些救助" in await chat.tick("干旱")
    await chat.tick("冬春生活困难救助")
    assert head in await chat.say("玉米旱死了，粮食不够吃")
    thanks = await chat.say("提交")
    assert await case_number(site, head) in thanks


async def test_a_reload_in_the_middle_keeps_the_talk(site: Town, chat: Chat) -> None:
    await to_the_categories(chat, "马桂香", 803)
    before = await chat.whole()
    await chat.page.reload()
    assert await chat.whole() == before
    assert "灾" in await chat.tick("一般户")
    assert len(await chat.whole()) == len(before) + 2


async def test_only_the_last_question_can_be_tapped(chat: Chat) -> None:
    await chat.tap("申请救助")
    assert await chat.choices.count() == 1
    await chat.tap("同意")
    assert await chat.choices.count() == 0
    assert await chat.log.get_by_role("button", disabled=True).count() > 0


@pytest.mark.parametrize("screen", [PHONE, DARK_PHONE, DESKTOP], ids=str)
async def test_the_talk_is_for_everyone(chat: Chat) -> None:
    await axe(chat.page)
    await to_the_categories(chat, "田长顺", 804)
    await axe(chat.page)
    await chat.tick("一般户")
    await chat.tick("干旱")
    await chat.say("1")
    await chat.say("粮食不够吃")
    await chat.say("跳过")
    await axe(chat.page)


async def test_the_whole_talk_needs_no_pointer(chat: Chat) -> None:
    """Tab and Enter reach every choice, and the focus can be seen."""
    keys = chat.page.keyboard
    first = chat.choices.get_by_role("button").first
    for _ in range(12):
        await keys.press("Tab")
        if await first.evaluate("choice => choice === document.activeElement"):
            break
    assert await first.evaluate("choice => getComputedStyle(choice).outlineStyle") != "none"
    said = await chat.said.count()
    await keys.press("Enter")
    await chat.page.wait_for_function("said => document.querySelectorAll('.bot').length > said", arg=said)


async def test_a_message_without_a_network_waits_and_is_sent_once(chat: Chat, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    await chat.tap("申请救助")
    await chat.page.context.set_offline(True)
    await chat.choices.get_by_role("button").first.click()
    again = chat.log.get_by_role("button", name="再发一次")
    await expect(again).to_be_visible()
    await axe(chat.page)
    await chat.page.context.set_offline(False)
    said, mine = await chat.said.count(), await chat.mine.count()
    await again.click()
    await expect(chat.said).to_have_count(said + 1)
    await expect(chat.mine).to_have_count(mine)


async def test_big_text_is_chosen_in_the_talk_and_stays(chat: Chat) -> None:
    size = "() => parseFloat(getComputedStyle(document.body).fontSize)"
    before = await chat.page.evaluate(size)
    await chat.say("设置")
    await chat.say("大字")
    await chat.say("是")
    assert await chat.page.evaluate(size) > before * 1.2
    await chat.page.reload()
    assert await chat.page.evaluate(size) > before * 1.2
    await axe(chat.page)
