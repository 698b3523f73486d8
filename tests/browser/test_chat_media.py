"""Photos, spoken words and the place on the chat page."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Page, expect
from sqlalchemy import select, update

from intake.models import Attachment, Division
from tests.browser.axe import axe
from tests.browser.chat import Chat
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.watch import Watch
from tests.house.town import Town
from tests.media import SECRET, photo
from tests.world import SHIMEN

MICROPHONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const out = sound.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  return out.stream;
};
"""
"""A tone in place of the machine's microphone, which tests have none of."""
NO_MICROPHONE = (
    "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
)


@pytest.fixture
async def chat(site: Town, page: Page) -> Chat:
    """Someone who has just opened the chat, on a device with a microphone, at home in 潭头."""
    await page.context.grant_permissions(["geolocation"], origin=site.url("/chat").removesuffix("/chat"))
    await page.context.set_geolocation({"latitude": 33.9876543, "longitude": 111.7})
    await page.add_init_script(MICROPHONE)
    opened = Chat(page)
    await opened.open(site.url("/chat"))
    return opened


async def kept(site: Town, before: Sequence[int]) -> list[tuple[Attachment, bytes]]:
    """The attachments that came after ``before``."""
    async with site.house.database.read() as db:
        query = select(Attachment, Attachment.content).where(Attachment.id.not_in(before)).order_by(Attachment.id)
        return [(one, content or b"") for one, content in await db.execute(query)]


@pytest.fixture
async def before(site: Town) -> list[int]:
    """The attachments that there were already."""
    return [one.id for one, _ in await kept(site, [])]


def picked(*raws: bytes) -> list[FilePayload]:
    """Files as they are picked from the phone."""
    return [FilePayload(name=f"IMG_{at}.jpg", mimeType="image/jpeg", buffer=raw) for at, raw in enumerate(raws)]


async def answered(chat: Chat, mine: int) -> None:
    """Wait until the person has said so much, and was answered."""
    await expect(chat.mine).to_have_count(mine)
    await expect(chat.page.get_by_role("button", name="照片")).to_be_enabled()
    await expect(chat.log.locator(".state")).to_have_count(0)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=str)
async def test_two_photos_are_sent_one_after_the_other_small_and_without_their_place(
    site: Town, chat: Chat, before: list[int]
) -> None:
    said = await chat.said.count()
    async with chat.page.expect_file_chooser() as choosing:
        await chat.page.get_by_role("button", name="照片").click()
    await (await choosing.value).set_files(picked(photo(size=(3000, 1500)), photo(mark=9)))
    await answered(chat, 2)
    assert await chat.said.count() >= said + 2
    assert await chat.mine.all_inner_texts() == ["我说：\n［照片］"] * 2
    (large, content), (small, _) = await kept(site, before)
    assert {one.kind for one in (large, small)} == {"photo"}
    assert {one.state for one in (large, small)} == {"kept"}
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (2048, 1024)
        assert not picture.getexif()
    assert SECRET not in content
    await axe(chat.page)


async def test_spoken_words_are_recorded_and_sent(site: Town, chat: Chat, before: list[int]) -> None:
    await chat.page.get_by_role("button", name="语音").click()
    stop = chat.page.get_by_role("button", name="说完了")
    await expect(stop).to_be_enabled()
    await expect(chat.page.get_by_role("button", name="发送")).to_be_disabled()
    await axe(chat.page)
    await chat.page.wait_for_timeout(400)
    await stop.click()
    await answered(chat, 1)
    [(voice, content)] = await kept(site, before)
    assert (voice.kind, voice.media_type, voice.size) == ("voice", "audio/webm", len(content))


async def test_a_recording_can_be_dropped(site: Town, chat: Chat, before: list[int]) -> None:
    for drop in ("Escape", "button"):
        await chat.page.get_by_role("button", name="语音").click()
        await expect(chat.page.get_by_role("button", name="说完了")).to_be_enabled()
        if drop == "Escape":
            await chat.page.keyboard.press("Escape")
        else:
            await chat.page.get_by_role("button", name="不要了").click()
        await expect(chat.page.get_by_role("button", name="语音")).to_be_enabled()
    await expect(chat.mine).to_have_count(0)
    assert await kept(site, before) == []


async def test_a_refused_microphone_is_said(site: Town, page: Page) -> None:
    await page.add_init_script(NO_MICROPHONE)
    chat = Chat(page)
    await chat.open(site.url("/chat"))
    await page.get_by_role("button", name="语音").click()
    await expect(chat.said.last).to_contain_text("允许")
    await expect(page.get_by_role("button", name="语音")).to_be_enabled()


async def test_the_place_is_sent(chat: Chat) -> None:
    async with chat.page.expect_request("**/channels/web") as sending:
        await chat.page.get_by_role("button", name="位置").click()
    assert (await sending.value).post_data_json["location"] == "33.987654,111.700000"
    await answered(chat, 1)


async def test_the_place_finds_the_village_and_asks(site: Town, chat: Chat) -> None:
    async def lies_at(latitude: float | None, longitude: float | None) -> None:
        async with site.house.database.write() as db:
            where = update(Division).where(Division.code == SHIMEN)
            await db.execute(where.values(latitude=latitude, longitude=longitude))
        await site.house.world.refresh()

    await lies_at(33.98, 111.71)  # made up
    try:
        await chat.say("更多")
        await chat.tap("告诉我们谁有困难")
        await chat.page.get_by_role("button", name="位置").click()
        await expect(chat.said.last).to_contain_text("附近有下面的村")
        await axe(chat.page)
        assert "是谁" in await chat.tap("潭头镇石门村")
    finally:
        await lies_at(None, None)


async def test_a_file_that_is_no_photo_is_refused_in_words(chat: Chat, watch: Watch) -> None:
    watch.allow("415")
    await chat.page.locator("#pick").set_input_files(picked(b"no photo at all"))
    await expect(chat.said.last).to_contain_text("没有收下")
    await answered(chat, 0)


async def test_a_photo_without_a_network_is_not_lost_silently(
    site: Town, chat: Chat, watch: Watch, before: list[int]
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    await chat.page.context.set_offline(True)
    await chat.page.locator("#pick").set_input_files(picked(photo(mark=20)))
    await expect(chat.said.last).to_contain_text("再发一次")
    await chat.page.context.set_offline(False)
    await chat.page.locator("#pick").set_input_files(picked(photo(mark=20)))
    await answered(chat, 1)
    assert len(await kept(site, before)) == 1


async def test_tab_reaches_photo_voice_and_place(chat: Chat) -> None:
    await chat.field.focus()
    reached = []
    for _ in range(4):
        await chat.page.keyboard.press("Tab")
        reached.append((await chat.page.locator(":focus").inner_text()).strip())
    assert reached == ["发送", "照片", "语音", "位置"]
