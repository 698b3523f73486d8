"""Part seven: money and goods come to the county and are passed on to the township, to the last fen and quilt."""

import re

from tests.admin.browser import Seen
from tests.house.season.told import Season

TOWNSHIP = "410324103"
QUILTS = 18


def entry(page: Seen) -> str:
    """The mark of a page, by which it is known when it is sent twice."""
    found = re.search(r'name="entry"[^>]* value="(\d+)"', page.html)
    assert found, page.text
    return found[1]


async def part(season: Season) -> None:
    """What comes in, and where it goes."""
    money = {"kind": "money", "source": "central", "worth": str(season.granted_yuan), "document": "豫财建〔2022〕178号"}
    goods = {"kind": "goods", "source": "province", "worth": "1800", "item": "棉被", "unit": "床"}
    goods |= {"quantity": str(QUILTS)}
    await refused(season, money, goods)
    for what in (money, goods):
        fields = {"entry": entry(await season.at["xian"].get("/admin/funds")), "received_on": season.day()} | what
        await season.yes("xian", "/admin/funds", fields)
        await season.no("xian", "/admin/funds", fields, "refusal.ledger.sent_before")
    listing = await season.at["xian"].get("/admin/funds")
    for path in dict.fromkeys(re.findall(r"/admin/fund/\d+", listing.html)):
        await passed_on(season, path)


async def refused(season: Season, money: dict[str, str], goods: dict[str, str]) -> None:
    """What the ledger does not take."""
    today = {"received_on": season.day()}
    for fields, key in (
        (money | today | {"worth": "0"}, "amount"),
        (money | today | {"quantity": "3"}, "money_has_no_pieces"),
        (goods | today | {"item": ""}, "no_item"),
        (goods | today | {"unit": ""}, "no_unit"),
        (goods | today | {"quantity": "0"}, "pieces"),
        (goods | today | {"worth": "0.1"}, "worth_nothing"),
        (money | {"received_on": season.day(1)}, "future"),
        (money | {"received_on": "2021-01-01"}, "too_early"),
    ):
        mark = {"entry": entry(await season.at["xian"].get("/admin/funds"))}
        await season.no("xian", "/admin/funds", fields | mark, f"refusal.ledger.{key}")


async def passed_on(season: Season, path: str) -> None:
    """All of it goes to the township; one part of it first by mistake, and back."""
    page = await season.at["xian"].get(path)
    money = "棉被" not in page.text
    whole = season.granted_yuan if money else QUILTS
    fields = {"township": TOWNSHIP, "passed_on": season.day(), "document": "栾应急〔2022〕70号"}
    nowhere, more = {"township": "", "amount": "1"}, {"amount": str(whole + 1)}
    await season.no("xian", f"{path}/pass", fields | nowhere | {"entry": entry(page)}, "refusal.ledger.no_township")
    key = "more_than_left" if money else "more_pieces_than_left"
    await season.no("xian", f"{path}/pass", fields | more | {"entry": entry(page)}, f"refusal.ledger.{key}")
    seen = await season.yes("xian", f"{path}/pass", fields | {"entry": entry(page), "amount": "1"})
    (own,) = set(re.findall(r"/admin/fund/\d+", seen.html)) - {path}
    back = {"entry": entry(seen), "back_amount": "1", "reason": ""}
    await season.no("xian", f"{own}/back", back, "refusal.ledger.no_reason")
    await season.yes("xian", f"{own}/back", back | {"reason": "少写了零"})
    again = entry(await season.at["xian"].get(path))
    seen = await season.yes("xian", f"{path}/pass", fields | {"entry": again, "amount": str(whole)})
    assert "¥0.00" in seen.text, seen.text
