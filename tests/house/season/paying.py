"""Part eight: money goes to the households' own cards, by lists that two people release; one card is the wrong one."""

import csv
import re
from io import BytesIO, StringIO

from openpyxl import load_workbook

from tests.admin.paying import hidden, make, release, settle, upload
from tests.house.season.asking import CARD, gives_card
from tests.house.season.granting import GRANTED
from tests.house.season.told import Season

CARDS = {head: f"62170000998877{number:02d}" for number, head in enumerate(GRANTED, 10)}
OWN = ("高玉兰", "周水声", "朱小红")
CHAT = {"refusal.G4.card_shared": "bank_card.shared"}
NEW = "/admin/payments/new"


async def part(season: Season) -> None:
    """Cards by chat, and the money to them."""
    await cards(season)
    page = await season.at["zhen"].get(NEW)
    shown = {name: hidden(page, name) for name in ("division", "households", "total_fen")} | {"source": "central"}
    await season.no("zhen", NEW, shown | {"total_fen": "1"}, "payments.making.make_lists:refusal.pay.changed")
    dropped = (await make(season.at["zhen"], source="central")).path
    await season.no("zhen", f"{dropped}/drop", {"why": ""}, "payments.making.drop_list:refusal.L8.no_reason")
    await season.yes("zhen", f"{dropped}/drop", {"why": "还要核对一遍"})
    path = (await make(season.at["zhen"], source="central")).path
    await released(season, path)
    await answered(season, path)
    await paid_anew(season)
    await season.no("zhen", NEW, shown, "refusal.pay.nothing")
    assert "发放" in await season.people["周水声"].say("查进度")


async def cards(season: Season) -> None:
    """Everybody's own card, no other's: one that bears another name comes on no list."""
    assert "卡不是户主本人的。请让户主提供自己名下的卡 1 户" in (await season.at["zhen"].get(NEW)).text
    asked = {"case": season.ids("王桂兰"), "division": "410324103"}
    await season.no("zhen", "/admin/payments/ask", asked, "refusal.pay.in_person")
    said = await gives_card(season, "高玉兰", CARD)
    season.read(said, "bank_cards._fault:refusal.G4.card_shared", says=CHAT)
    for word in ("删除", "是"):
        await season.people["高玉兰"].say(word)
    for head in GRANTED:
        said = await gives_card(season, head, CARDS[head], cadre=head not in OWN)
        assert "记下了" in said, (head, said)


async def released(season: Season, path: str) -> None:
    """Two people look at the list, and only then it goes to the bank."""
    await season.no("zhen", f"{path}/file", {}, "payments.sending._sound:refusal.pay.file_made")
    early = await upload(season.at["zhen"], path, "账号,金额,处理结果".encode())
    season.read(early.text, "payments.bank_returns._readable:refusal.pay.file_made")
    await season.no("zhen", f"{path}/release", {"hash": "0" * 64}, "refusal.pay.stale")
    await release(season.at["zhen"], path)
    mark = {"hash": hidden(await season.at["xian"].get(path), "hash")}
    await season.no("zhen", f"{path}/release", mark, "refusal.pay.released_before")
    assert "两个人都放行了" in (await release(season.at["xian"], path)).text


async def answered(season: Season, path: str) -> None:
    """The bank's answer: all were paid but one, whose card bears another's name."""
    sheet = load_workbook(BytesIO(await season.fetch("zhen", f"{path}/file"))).worksheets[0]
    listed = [row[1:4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {head for head, *_ in listed} == set(GRANTED)
    file = StringIO()
    written = csv.writer(file)
    written.writerow(["账号", "金额", "处理结果", "失败原因"])
    for head, card, yuan in listed:
        written.writerow([card, yuan, *(("失败", "户名不符") if head == "朱小红" else ("成功", ""))])
    preview = await upload(season.at["zhen"], path, file.getvalue().encode("gb18030"))
    mark = {"mark": hidden(preview, "mark")}
    for later, key in ((1, "refusal.L10.paid_in_future"), (-3, "refusal.G4.before_release")):
        await season.no("zhen", preview.path, mark | {"paid_on": season.day(later)}, key)
    await season.yes("zhen", preview.path, mark | {"paid_on": season.day()})
    await season.no("zhen", preview.path, mark | {"paid_on": season.day()}, "refusal.pay.return_taken")


async def paid_anew(season: Season) -> None:
    """She is asked for the right card, and paid by another list, line after line by hand."""
    her = season.people["朱小红"]
    assert "户名不符" in "".join(await her.told(1))
    assert "记下了" in await gives_card(season, "朱小红", "6217000099887799")
    path = (await make(season.at["zhen"], source="central")).path
    await season.no("zhen", f"{path}/release", {"hash": "0" * 64}, "refusal.pay.stale")
    for who in ("zhen", "xian"):
        await release(season.at[who], path)
    (line,) = set(re.findall(r'name="do-(\d+)"', (await season.at["zhen"].get(path)).html))
    failed = {f"do-{line}": "failed", f"why-{line}": ""}
    await season.no("zhen", f"{path}/settle", failed, "payments.settling.settle_by_hand:refusal.L8.no_reason")
    await settle(season.at["zhen"], path, paid_on=season.day())
