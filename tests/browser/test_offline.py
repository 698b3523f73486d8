"""The offline form in a real browser, with the network cut."""

import json
import re
from datetime import date
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect
from sqlalchemy import select, update

from bot.channels.web import COOKIE
from bot.channels.web_read import address_of
from intake import id_number
from intake import phone as telephone
from intake.models import Case, Contact, Household, Staff
from tests.browser.axe import axe, axe_on_both_screens
from tests.browser.watch import Watch
from tests.house.town import Town
from tests.world import SHIMEN, resident_id

PIN = "493817"
FORM = "/forms/nominate/offline"

SIMPLE = [
    "111111",
    "000000",
    "88888888",
    "121212",
    "101010",
    "123123",
    "12341234",
    "520520",
    "123456",
    "654321",
    "012345",
    "567890",
    "890123",
    "135791",
    "246802",
    "112233",
    "11223344",
    "332211",
    "111222",
    "000111",
    "123321",
    "123789",
    "654987",
    "123654",
    "147258",
    "159357",
    "5201314",
    "100100",
    "aaaaaa",
    "abcdef",
    "abcabc",
    "ABCDEF",
    "qwerty",
    "Password",
    "a123456",
    "121221",
]
"""Codes that whoever finds a phone tries first."""
GOOD = [PIN, "730194", "204857", "91827364", "58203917", "mai5mai9", "石门村口大槐树", "192837"]
"""Codes that are none of these."""

DUMP = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("nuandong-forms");
    request.onsuccess = () => done(request.result);
  });
  const rows = await new Promise((done) => {
    const request = database.transaction("rows").objectStore("rows").getAll();
    request.onsuccess = () => done(request.result);
  });
  const keys = await new Promise((done) => {
    const request = database.transaction("keys").objectStore("keys").get("keys");
    request.onsuccess = () => done(request.result);
  });
  const bytes = (data) => String.fromCharCode(...new Uint8Array(data));
  const plain = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? bytes(value.buffer ?? value)
    : value instanceof CryptoKey ? {key: value.extractable}
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : value;
  const caches_ = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) caches_.push(request.url + await (await cache.match(request)).text());
  }
  return {rows: rows.map(plain), keys: plain(keys), other: {...localStorage}, caches: caches_};
}"""
"""Everything that lies on the phone."""


class Phone:
    """A cadre's phone with the offline form open."""

    def __init__(self, site: Town, page: Page) -> None:
        self.site = site
        self.page = page
        self.rows = page.locator("#rows > section")

    async def open(self) -> None:
        """Open the form and wait until it is kept on the phone."""
        await self.page.goto(self.site.url(FORM))
        await expect(self.page.locator("html")).to_have_attribute("data-kept", "yes")

    async def set_pin(self) -> None:
        """Choose the code."""
        await self.page.get_by_label("密码", exact=True).fill(PIN)
        await self.page.get_by_label("再输一遍密码").fill(PIN)
        await self.page.get_by_role("button", name="定好了").click()
        await expect(self.page.get_by_role("button", name="填一户")).to_be_visible()

    async def enter(self, pin: str = PIN) -> None:
        """Enter the code."""
        await self.page.get_by_label("密码", exact=True).fill(pin)
        await self.page.get_by_role("button", name="打开").click()

    async def fill(self, number: int, head: str, **changes: Any) -> None:
        """Fill in a household."""
        page, said = self.page, {"id_number": resident_id(number), "by_phone": "138 0000 0001", "need": "2"} | changes
        await page.get_by_role("button", name="填一户").click()
        await expect(page.locator("#head input")).to_be_visible()
        if await page.locator("#relation").is_visible():
            await page.locator("#relation input").first.check()
            await page.locator("#by_name input").fill("刘家福")
            await page.locator("#by_phone input").fill(said["by_phone"])
        await page.locator("#consent input").first.check()
        await page.locator("#head input").fill(head)
        await page.locator("#id_number input").fill(said["id_number"])
        for key in ("hindrance", "agreement", "categories", "disasters", "reliefs"):
            await page.locator(f"#{key} input").first.check()
        if await page.locator("#kin").is_visible():
            await page.locator("#kin input").last.check()
        if await page.locator("#by_phone").is_visible():
            await page.locator("#by_phone input").fill(said["by_phone"])
        await page.locator("#household_size input").fill("4")
        await page.locator("#persons_in_need input").fill(said["need"])
        await page.locator("#village-town").select_option(SHIMEN[:9])
        await page.locator("#village-field").select_option(SHIMEN)
        await page.locator("#reason textarea").fill("屋顶漏雨，柴也没有")

    async def save(self) -> None:
        """Let it wait."""
        await self.page.get_by_role("button", name="存好，有网就发").click()
        await expect(self.page.get_by_role("button", name="填一户")).to_be_visible()

    def row(self, state: str) -> Locator:
        """The rows in a state."""
        return self.page.locator(f'#rows > section[data-state="{state}"]')

    async def on_the_phone(self) -> str:
        """Everything that lies on the phone, as text."""
        return json.dumps(await self.page.evaluate(DUMP), ensure_ascii=False)


@pytest.fixture
async def phone(site: Town, page: Page, watch: Watch) -> Phone:
    """A phone that has opened the form once with a network."""
    watch.allow("ERR_INTERNET_DISCONNECTED", "Failed to load resource")
    made = Phone(site, page)
    await made.open()
    return made


async def cases_of(site: Town, *heads: str) -> list[tuple[str, str]]:
    """(head, number) of the cases of these heads."""
    async with site.house.database.read() as db:
        query = select(Household.head, Case.number).join(Case, Case.household_id == Household.id)
        return [(head, number) for head, number in await db.execute(query.where(Household.head.in_(heads)))]


async def test_two_rows_without_a_network_are_sent_once_each(site: Town, phone: Phone, context: BrowserContext) -> None:
    await phone.set_pin()
    await context.set_offline(True)
    await phone.fill(901, "郭春生")
    await phone.save()
    await phone.fill(902, "郭秋月")
    await phone.save()
    await expect(phone.row("waiting")).to_have_count(2)
    await expect(phone.page.get_by_text("没有网络，可以照样填")).to_be_visible()

    await phone.page.reload()
    await phone.enter()
    await expect(phone.row("waiting")).to_have_count(2)
    lying = await phone.on_the_phone()
    for secret in ("郭春生", "郭秋月", resident_id(901), resident_id(902), "屋顶漏雨", PIN):
        assert secret not in lying
    assert '{"key": false}' in lying
    assert await cases_of(site, "郭春生", "郭秋月") == []

    await context.set_offline(False)
    await expect(phone.row("sent")).to_have_count(2, timeout=20_000)
    filed = await cases_of(site, "郭春生", "郭秋月")
    assert sorted(head for head, _ in filed) == ["郭春生", "郭秋月"]
    lying = await phone.on_the_phone()
    for head, number in filed:
        assert number in lying
        assert head not in lying
    assert "郭**" in lying
    assert "sealed" not in json.dumps((await phone.page.evaluate(DUMP))["rows"])
    await expect(phone.row("sent").first).to_contain_text(re.compile(r"已收到，编号 \d{6}-\d{4}-\d+"))


async def test_a_row_that_is_wrong_says_why_and_is_mended(site: Town, phone: Phone, context: BrowserContext) -> None:
    await phone.set_pin()
    await context.set_offline(True)
    wrong = "11000000001"
    await phone.fill(903, "郭冬梅", by_phone=wrong)
    await phone.save()
    await context.set_offline(False)
    await expect(phone.row("wrong")).to_have_count(1, timeout=20_000)
    assert await cases_of(site, "郭冬梅") == []
    assert wrong not in await phone.on_the_phone()
    await phone.row("wrong").get_by_role("button", name="修改").click()
    await expect(phone.page.locator("#by_phone .error")).to_be_visible()
    await axe(phone.page)
    await phone.page.locator("#by_phone input").fill("138 0000 0001")
    await phone.save()
    await expect(phone.row("sent")).to_have_count(1, timeout=20_000)
    assert len(await cases_of(site, "郭冬梅")) == 1


async def test_what_the_phone_can_see_is_said_before_the_row_waits(phone: Phone, context: BrowserContext) -> None:
    await phone.set_pin()
    await context.set_offline(True)
    wrong = resident_id(907)[:-1] + ("0" if resident_id(907)[-1] != "0" else "1")
    await phone.fill(907, "郭细看", id_number=wrong, by_phone="138 0000 00", need="5")
    store = phone.page.get_by_role("button", name="存好，有网就发")
    await store.click()
    await expect(phone.page.locator("#id_number .error")).to_contain_text("有一位打错了")
    await expect(phone.page.locator("#by_phone .error")).to_contain_text("您打了 9 位")
    await expect(phone.page.locator("#persons_in_need .error")).to_contain_text("一共 4 口人")
    await axe_on_both_screens(phone.page)
    await phone.page.locator("#id_number input").fill(resident_id(907))
    await phone.page.locator("#by_phone input").fill("138 0000 0001")
    await phone.page.locator("#household_size input").fill("5")
    await phone.save()
    await expect(phone.row("waiting")).to_have_count(1)


IDS = [
    resident_id(1),
    resident_id(1)[:-1] + " " + resident_id(1)[-1].lower(),
    resident_id(1)[:6] + "-" + resident_id(1)[6:],
    resident_id(1)[:-1],
    "410324196002301234",
    "410324189902011234",
    "990324196001011234",
    "41032419600101123",
    "4103241960X1011234",
    "410324600101123",
    "410324601301123",
    "41032460010112X",
    *(resident_id(1)[:-1] + last for last in "0123456789X"),
]
PHONES = [
    "138 0000 1234", "+86 138-0000-1234", "8613800001234", "008613800001234", "1380000123", "138000012345", "12345",
    "10086", "66810000", "0379-66810000", "(0379)66810000", "138O0001234", "13800001234a", "95588", "1234567890123",
    "+1 202 555 0100",
]  # fmt: skip
LEFT = ["没有", "我儿子的13800001234", "一三八零零零零一二三四", "不知道"]
"""What only the server reads."""


async def test_the_phone_judges_numbers_as_the_server_does(phone: Phone) -> None:
    judge = """async ([ids, phones]) => {
      const { idFault, phoneFault } = await import('/forms/static/offline/numbers.js');
      return [ids.map((one) => idFault(one)?.reason ?? ""), phones.map((one) => phoneFault(one)?.reason ?? "")];
    }"""
    ids, phones = await phone.page.evaluate(judge, [IDS + LEFT, PHONES + LEFT])
    assert ids == [*map(_id_reason, IDS), "", "", "", ""]
    assert phones == [*map(_phone_reason, PHONES), "", "", "", ""]


def _id_reason(text: str) -> str:
    try:
        id_number.parse(text, date(2022, 11, 1))
    except id_number.IdNumberError as error:
        return error.reason
    return ""


def _phone_reason(text: str) -> str:
    try:
        telephone.parse(text)
    except telephone.PhoneError as error:
        return error.reason
    return ""


async def test_what_is_half_typed_survives_a_crash(phone: Phone, context: BrowserContext) -> None:
    await phone.set_pin()
    await context.set_offline(True)
    await phone.page.get_by_role("button", name="填一户").click()
    await phone.page.locator("#head input").fill("郭半途")
    await phone.page.wait_for_timeout(600)
    await phone.page.close()
    page = await context.new_page()
    again = Phone(phone.site, page)
    await page.goto(phone.site.url(FORM))
    await again.enter("000000")
    await expect(page.get_by_role("alert")).to_contain_text("密码不对")
    await again.enter()
    await expect(again.row("draft")).to_contain_text("郭半途")
    await again.row("draft").get_by_role("button", name="修改").click()
    await expect(page.locator("#head input")).to_have_value("郭半途")


async def test_two_tabs_send_a_row_once(site: Town, phone: Phone, context: BrowserContext) -> None:
    await phone.set_pin()
    other = Phone(site, await context.new_page())
    await other.open()
    await other.enter()
    await expect(other.page.get_by_role("button", name="填一户")).to_be_visible()
    sent: list[str] = []
    context.on("request", lambda request: sent.append(request.url) if request.url.endswith("/rows") else None)
    await context.set_offline(True)
    await phone.fill(904, "郭双全")
    await phone.save()
    await context.set_offline(False)
    for one in (phone, other):
        await one.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(phone.row("sent")).to_have_count(1, timeout=20_000)
    await expect(other.row("sent")).to_have_count(1, timeout=20_000)
    assert len(await cases_of(site, "郭双全")) == 1
    assert len(sent) == 1


async def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(
    site: Town, phone: Phone, context: BrowserContext
) -> None:
    await phone.set_pin()
    keys: list[str] = []

    async def lose(route: Any) -> None:
        keys.append(json.loads(route.request.post_data)["key"])
        if len(keys) == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await context.route("**/forms/nominate/rows", lose)
    await phone.fill(905, "郭重逢")
    await phone.save()
    await expect(phone.row("waiting")).to_contain_text("不会重复")
    assert await phone.row("waiting").get_by_role("button").count() == 0
    await phone.page.get_by_role("button", name="现在发送").click()
    await expect(phone.row("sent")).to_have_count(1, timeout=20_000)
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert len(await cases_of(site, "郭重逢")) == 1


async def test_a_cadres_rows_are_never_sent_under_another_name(
    site: Town, phone: Phone, context: BrowserContext
) -> None:
    """The phone is bound to an official; when its cookie is gone, the rows wait and say what to do."""
    await bind(site, context, "cun")
    await phone.open()
    await expect(phone.page.locator("#as")).to_contain_text("工作账号")
    await phone.set_pin()
    await context.set_offline(True)
    await phone.fill(906, "郭在册")
    await phone.save()
    kept = await context.cookies()
    await context.clear_cookies()
    await context.set_offline(False)
    await expect(phone.page.get_by_role("alert")).to_contain_text("账号", timeout=20_000)
    await expect(phone.row("waiting")).to_have_count(1)
    assert await cases_of(site, "郭在册") == []
    await axe_on_both_screens(phone.page)
    await context.add_cookies([{"name": c["name"], "value": c["value"], "url": site.url("/")} for c in kept])
    await phone.page.get_by_role("button", name="现在发送").click()
    await expect(phone.row("sent")).to_have_count(1, timeout=20_000)
    async with site.house.database.read() as db:
        query = select(Case.nominator).join(Household, Case.household_id == Household.id)
        nominator = (await db.scalars(query.where(Household.head == "郭在册"))).one()
        staff = await db.scalar(select(Staff.id).where(Staff.username == "cun"))
        assert nominator["staff"] == staff


async def bind(site: Town, context: BrowserContext, username: str) -> None:
    """Bind the phone's account to an official, as the code from the console does."""
    cookie = next(c["value"] for c in await context.cookies() if c["name"] == COOKIE)
    body = {"id": "a-first-message", "text": "菜单"}
    async with site.http.post(site.url("/channels/web"), json=body, cookies={COOKIE: cookie}) as response:
        assert response.status == 200
    async with site.house.database.write() as db:
        staff = await db.scalar(select(Staff.id).where(Staff.username == username))
        await db.execute(update(Contact).where(Contact.address == address_of(cookie)).values(staff_id=staff))


async def test_whoever_tells_of_someone_sees_no_number_of_ours(site: Town, page: Page) -> None:
    """A discovery has no number by which people may ask."""
    phone = Phone(site, page)
    await page.goto(site.url("/forms/discover/offline"))
    await phone.set_pin()
    await page.get_by_role("button", name="填一户").click()
    await page.locator("#village-town").select_option(SHIMEN[:9])
    await page.locator("#village-field").select_option(SHIMEN)
    await page.locator("#who input").fill("村东头的独居老人")
    await page.locator("#situations input").first.check()
    await page.locator("#urgent input").last.check()
    await page.locator("#seen textarea").fill("屋里没有柴")
    await phone.save()
    sent = phone.row("sent")
    await expect(sent).to_have_count(1, timeout=20_000)
    await expect(sent).to_contain_text("已收到")
    assert not re.search(r"编号|[0-9]{7,}", await sent.inner_text())


async def test_a_code_that_everybody_tries_is_refused(phone: Phone) -> None:
    for pin in ("111111", "121212", "123456"):
        await phone.page.get_by_label("密码", exact=True).fill(pin)
        await phone.page.get_by_label("再输一遍密码").fill(pin)
        await phone.page.get_by_role("button", name="定好了").click()
        await expect(phone.page.get_by_role("alert")).to_contain_text("太简单")
    await axe_on_both_screens(phone.page)
    await phone.set_pin()


async def test_what_is_too_simple_for_a_code(phone: Phone) -> None:
    judge = "async (codes) => codes.filter((await import('/forms/static/offline/simple.js')).simple)"
    assert await phone.page.evaluate(judge, SIMPLE) == SIMPLE
    assert await phone.page.evaluate(judge, GOOD) == []


async def test_the_page_is_for_everyone(phone: Phone) -> None:
    await axe_on_both_screens(phone.page)
    await phone.set_pin()
    await axe_on_both_screens(phone.page)
    await phone.page.get_by_role("button", name="填一户").click()
    await axe_on_both_screens(phone.page)
    await phone.page.get_by_role("button", name="存好，有网就发").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("有几处要改")
    await axe_on_both_screens(phone.page)
