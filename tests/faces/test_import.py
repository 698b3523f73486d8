"""What field teams collected is taken once, whole or not at all, however often and in whatever form its file comes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.faces.odk_import import Importer, Result
from bot.faces.odk_read import OdkFileError, read
from bot.models import Claim
from bot.retention import forget
from intake.access import Official
from intake.models import Attachment, Case, Contact, EventRow, Household, Submission, Visit
from intake.visit_codes import FINDINGS
from locales import texts
from service.odk_commands import beside
from tests.faces.collected import as_csv, as_json, as_xml, household, instance, visited
from tests.faces.conftest import Faces
from tests.media import photo
from tests.world import resident_id

WELL = {field: codes[0] for field, codes in FINDINGS.items()}


class Desk:
    """The operator at the command."""

    def __init__(
        self, faces: Faces, photos: Mapping[str, bytes] | None = None, official: Official | None = None
    ) -> None:
        self.faces = faces
        self.photos = photos or {}
        self.official = official

    async def _fetch(self, _instance: str, name: str) -> bytes | None:
        return self.photos.get(name)

    async def take(self, name: str, body: bytes, flow: str = "") -> list[Result]:
        """Import a file."""
        world, turns = self.faces.world, self.faces.turns
        importer = Importer(world.database, self.faces.clock, turns, texts(), self._fetch, self.official)
        return [await importer.take(record, flow) for record in read(name, body)]

    async def rows(self, rows: Sequence[Mapping[str, Any]]) -> list[Result]:
        """Import a table."""
        return await self.take("collected.csv", as_csv(rows))

    async def all(self, *tables: Any) -> list[int]:
        """How many rows each table has."""
        async with self.faces.world.database.read() as db:
            return [await db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]

    async def everything(self) -> list[int]:
        """How much there is of what an import may make."""
        return await self.all(Case, Household, Submission, Visit, Attachment, Contact, EventRow)


@pytest.fixture
def desk(faces: Faces) -> Desk:
    return Desk(faces)


def states(results: Sequence[Result]) -> list[str]:
    return [result.state for result in results]


@pytest.mark.parametrize(
    "form", ["csv", "kobo csv", "central csv", "json", "central json", "xml", "gb18030", "columns"]
)
async def test_every_export_becomes_the_same_case(desk: Desk, form: str) -> None:
    row = household(1)
    plain = {key: value for key, value in row.items() if "/" not in key}
    apart = {key: value for key, value in row.items() if key != "categories"}
    ticks = {"categories/disabled": "1", "categories/ordinary": "True", "categories/orphan": "0"}
    name, body = {
        "csv": ("a.csv", as_csv([row])),
        "kobo csv": (
            "a.csv",
            as_csv([{f"g/{key}": value for key, value in plain.items()} | {"_uuid": instance(1)[5:]}], ";"),
        ),
        "central csv": (
            "a.csv",
            b"\xef\xbb\xbf" + as_csv([{f"g-{key}": v for key, v in plain.items()} | {"KEY": instance(1)}]),
        ),
        "json": ("a.json", as_json([row | {"household_size": 4, "_geolocation": [None, None]}])),
        "central json": ("a.json", as_json([plain | {"__id": instance(1), "meta": {"instanceID": instance(1)}}])),
        "xml": ("a.xml", as_xml(row)),
        "gb18030": ("a.csv", as_csv([row], encoding="gb18030")),
        "columns": ("a.csv", as_csv([apart | ticks])),
    }[form]
    (result,) = await desk.take(name, body)
    assert result.state == "made", result
    async with desk.faces.world.database.read() as db:
        case = (await db.scalars(select(Case))).one()
        contact = await db.get_one(Contact, case.contact_id)
        sent = await db.get_one(Submission, case.submission_id)
    assert result.made == {"number": case.number}
    assert (case.household_size, case.persons_in_need, case.group) == (4, 2, "3组")
    assert (case.categories, case.disasters) == (["disabled", "ordinary"], ["hail"])
    assert (contact.channel, contact.address, contact.flow) == ("odk", "collect:one", None)
    assert sent.key == f"odk:{instance(1)}"
    assert states(await desk.take("b.csv", as_csv([row]))) == ["before"]


async def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    rows = [household(1), household(2), visited(3, **WELL)]
    first = await desk.rows(rows)
    assert states(first) == ["made"] * 3
    before = await desk.everything()
    again = await desk.rows([*rows, rows[0]])
    assert states(again) == ["before"] * 4
    assert [result.made for result in again[:3]] == [result.made for result in first]
    assert await desk.everything() == before


@pytest.mark.parametrize("days", [4, 30])
async def test_the_same_file_weeks_later_changes_nothing(desk: Desk, days: int) -> None:
    rows = [household(1), visited(2, **WELL)]
    await desk.rows(rows)
    desk.faces.clock.forward(timedelta(days=days))
    await forget(desk.faces.world.database, desk.faces.clock.now())
    before = await desk.everything()
    assert states(await desk.rows(rows)) == ["before", "before"]
    assert await desk.everything() == before


async def test_an_old_file_does_not_undo_what_was_mended_since(desk: Desk) -> None:
    await desk.rows([household(1)])
    mended = household(1, household_size="5") | {"meta/instanceID": instance(2)}
    assert states(await desk.rows([mended])) == ["made"]
    async with desk.faces.world.database.write() as db:
        for claim in await db.scalars(select(Claim)):
            await db.delete(claim)
    before = await desk.everything()
    assert states(await desk.rows([household(1), mended])) == ["before", "before"]
    assert await desk.everything() == before
    async with desk.faces.world.database.read() as db:
        assert (await db.scalars(select(Case.household_size))).all() == [5]


async def test_a_refused_row_says_why_and_where_and_the_others_are_taken(desk: Desk) -> None:
    wrong = household(2, id_number=resident_id(2)[:-1], persons_in_need="9", reason="")
    results = await desk.rows([household(1), wrong, household(3)])
    assert [(result.line, result.state) for result in results] == [(2, "made"), (3, "refused"), (4, "made")]
    said = "".join(results[1].reasons)
    for part in ("身份证号码：", "需救助人口：", "申请理由："):
        assert part in said
    assert "王建国" not in said
    assert await desk.all(Case, Household, Submission) == [2, 2, 2]


async def test_a_row_that_was_mended_is_taken(desk: Desk) -> None:
    wrong = household(1, phone="12")
    assert states(await desk.rows([wrong])) == ["refused"]
    assert states(await desk.rows([wrong])) == ["refused"]
    assert states(await desk.rows([household(1)])) == ["made"]
    assert states(await desk.rows([wrong])) == ["before"]
    assert await desk.all(Case, Submission) == [1, 1]


async def test_a_household_that_another_telephone_brought_is_not_filed_twice(desk: Desk) -> None:
    await desk.rows([household(1)])
    other = household(1, deviceid="collect:two") | {"meta/instanceID": instance(2)}
    for _ in range(2):
        (result,) = await desk.rows([other])
        assert result.state == "refused"
        assert "已经有这户人家的申请了" in "".join(result.reasons)
    assert await desk.all(Case, Household, Submission) == [1, 1, 2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"consent": "no"}, "要同意才能提交"),
        ({"nuandong_form": "settings"}, "看不出是哪张表"),
        ({"nuandong_form": ""}, "看不出是哪张表"),
        ({"meta/instanceID": ""}, "没有提交编号"),
        ({"id_number": "4.10324E+17"}, "身份证号码："),
        ({"categories": "disabled nothing"}, "受灾家庭类别："),
        ({"village": "999999999999"}, "所在村："),
        ({"head": "=1+1"}, "户主姓名："),
        ({"head": "\u202e\u200b"}, "户主姓名："),
        ({"household_size": "n/a"}, "家庭人口："),
    ],
)
async def test_what_is_wrong_is_refused_with_its_reason(desk: Desk, change: dict[str, str], said: str) -> None:
    (result,) = await desk.rows([household(1, **change)])
    assert result.state == "refused"
    assert said in "".join(result.reasons), result.reasons
    assert await desk.all(Case, Household, Submission) == [0, 0, 0]


async def test_blanks_around_values_are_no_mistake_and_an_ordered_flow_needs_no_field(desk: Desk) -> None:
    row = {key: f"  {value} " for key, value in household(1).items() if key != "nuandong_form"}
    assert states(await desk.take("a.csv", as_csv([row]), "apply")) == ["made"]


async def test_a_long_or_strange_instance_is_known_by_its_fingerprint(desk: Desk) -> None:
    rows = [household(1), household(2)]
    rows[0] |= {"meta/instanceID": "x" * 300, "deviceid": "手机" * 80}
    rows[1] |= {"meta/instanceID": "一二三"}
    assert states(await desk.rows(rows)) == ["made", "made"]
    assert states(await desk.rows(rows)) == ["before", "before"]


async def test_a_visit_keeps_its_photos(faces: Faces) -> None:
    desk = Desk(faces, {"a.jpg": photo(), "b.jpg": photo(mark=9), "c.gif": b"GIF89a"})
    row = visited(1, photos="a.jpg", photos_2="b.jpg", photos_3="c.gif", **WELL)
    (result,) = await desk.rows([row])
    assert result.state == "made", result
    assert "c.gif" in "".join(result.reasons)
    async with faces.world.database.read() as db:
        kept = (await db.scalars(select(Attachment.subject))).all()
        visit = (await db.scalars(select(Visit))).one()
    assert kept == [f"visit:{visit.id}"] * 2
    assert states(await desk.rows([row])) == ["before"]
    assert await desk.all(Attachment, Visit) == [2, 1]


async def test_a_photo_that_is_not_there_is_said_and_the_visit_is_kept(desk: Desk) -> None:
    (result,) = await desk.rows([visited(1, photos="lost.jpg", **WELL)])
    assert (result.state, "lost.jpg" in "".join(result.reasons)) == ("made", True)


async def test_who_collected_acts_and_is_known_by_name(faces: Faces) -> None:
    desk = Desk(faces, official=faces.world.cun)
    row = household(1, nuandong_form="nominate", hindrance="old", agreement="self", kin="no", relation="relative")
    (result,) = await desk.rows([row])
    assert result.state == "made", result
    async with faces.world.database.read() as db:
        case = (await db.scalars(select(Case))).one()
        bound = (await db.scalars(select(EventRow.data).where(EventRow.kind == "staff.bound"))).all()
    assert case.nominator is not None
    assert (case.nominator["staff"], case.nominator["relation"]) == (faces.world.cun.id, "cadre")
    assert bound == [{"contact": case.contact_id, "channel": "odk"}]
    await desk.rows([household(2, nuandong_form="apply")])
    assert await desk.all(Contact) == [1]


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.xlsx", b"PK", "kind"),
        ("a", b"", "kind"),
        ("a.csv", b"", "csv"),
        ("a.csv", b"\xff\xff\xff", "csv"),
        ("a.csv", b"head,KEY\nx,1,2,3\n", "csv"),
        ("a.csv", b'head,KEY\n"x', "csv"),
        ("a.json", b"{", "json"),
        ("a.json", b"[1]", "json"),
        ("a.json", b'{"results": 3}', "json"),
        ("a.json", b'{"a":' * 40 + b"1" + b"}" * 40, "json"),
        ("a.xml", b"<data>", "xml"),
        ("a.xml", b'<!DOCTYPE d [<!ENTITY x "y">]><data>&x;</data>', "xml"),
        ("a.xml", b"<a>" * 40 + b"</a>" * 40, "xml"),
    ],
)
def test_what_is_no_file_of_submissions_is_refused_whole(name: str, body: bytes, reason: str) -> None:
    with pytest.raises(OdkFileError) as refused:
        read(name, body)
    assert refused.value.reason == reason
    assert texts().has(f"odk.wrong.{reason}")


async def test_photos_are_looked_for_beside_the_file_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    for place, name in (("", "a.jpg"), ("media", "b.jpg"), ("attachments/7-7", "c.jpg"), ("..", "secret.jpg")):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / name).write_bytes(name.encode())
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    fetch = beside(folder / "visits.csv")
    assert [await fetch("uuid:7-7", name) for name in ("a.jpg", "b.jpg", "c.jpg")] == [b"a.jpg", b"b.jpg", b"c.jpg"]
    for name in ("../secret.jpg", "..\\secret.jpg", "secret.jpg", "link.jpg", "..", "", "/etc/passwd"):
        assert await fetch("uuid:7-7", name) is None
    assert await fetch("../..", "secret.jpg") is None
