"""One declaration, five faces: a question that is added to a flow stands on every face, with its choices, and what is
answered on any of them arrives.

A face is a line in :data:`FACES`: what someone sees of the flow ``apply`` there, as text.
"""

import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from docx import Document
from openpyxl import load_workbook
from pyxform.xls2xform import convert
from sqlalchemy import select

from admin.context import VillageLink
from bot.answers.one import One
from bot.faces.lists import template
from bot.faces.odk_import import Importer
from bot.faces.odk_read import read
from bot.flow import Question
from bot.flows import FLOWS
from bot.inbound import Inbound, Input, Kind
from bot.world import World
from intake.imports.deciding import confirm
from intake.imports.keeping import Sent, digest_of, keep, prepare
from intake.imports.kinds import Kind as Kinds
from intake.models import Case, Submission
from intake.reads.form1 import form1
from locales import HOME, messages, texts
from service.paper_book import PaperBook
from service.world import KnownWorld
from tests.faces.collected import as_csv, household
from tests.faces.conftest import Faces
from tests.faces.drawn import as_pdf
from tests.faces.household import codes, typed
from tests.faces.workbooks import HEADINGS, asked
from tests.faces.workbooks import book as workbook_of
from tests.faces.workbooks import household as a_row
from tests.faces.workbooks import read as read_list
from tests.world import SHIMEN, resident_id

WORDS = {
    "apply.stove.ask": "家里冬天用什么取暖？",
    "apply.stove.name": "取暖",
    "stove.coal": "烧煤炉",
    "stove.bed": "烧火炕",
    "stove.nothing": "没有取暖的",
}
SAID = ["申请", "同意", "王建国", resident_id(1), "13800001234", "4", "2", SHIMEN]


@pytest.fixture(autouse=True)
def stove(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flow with a new question, in the middle."""
    apply = FLOWS["apply"]
    at = [question.key for question in apply.questions].index("persons_in_need") + 1
    new = Question("stove", One(("coal", "bed", "nothing"), "stove"))
    questions = (*apply.questions[:at], new, *apply.questions[at:])
    monkeypatch.setitem(FLOWS, "apply", replace(apply, version=apply.version + 1, questions=questions))
    known = messages(HOME)
    assert isinstance(known, dict)
    for key, said in WORDS.items():
        monkeypatch.setitem(known, key, said)


async def chat(faces: Faces) -> str:
    """The talk, until it asks."""
    said = ""
    for number, words in enumerate(SAID[:7]):
        (reply,) = await faces.turns.take(Inbound("wechat", f"m{number}", "someone", Input(Kind.TEXT, words)))
        said = reply.text + "".join(choice.label for choice in reply.choices)
    return said


async def pages(faces: Faces) -> str:
    """The form of one question to a page."""
    return (await faces.resident().open("/forms/apply?at=stove")).text


async def one_page(faces: Faces) -> str:
    """The form on one page."""
    return (await faces.resident().open("/forms/apply/all")).text


async def offline(faces: Faces) -> str:
    """What the offline form is made from, in the browser."""
    return json.dumps(json.loads((await faces.resident().open("/forms/apply/offline.json")).html), ensure_ascii=False)


async def api(faces: Faces) -> str:
    """The description of the API."""
    described = json.loads((await faces.resident().open("/api/v1/openapi.json")).html)
    schema = described["components"]["schemas"]["apply"]
    assert "stove" in schema["required"]
    return json.dumps(schema["properties"]["stove"], ensure_ascii=False)


def book(faces: Faces) -> PaperBook:
    """What draws the paper."""

    class Known(KnownWorld):
        def __call__(self) -> World:
            return faces.bot

    return PaperBook(Known(faces.world.database, faces.clock), faces.clock)


async def paper(faces: Faces) -> str:
    """The printed form."""
    drawn = await book(faces).blank(SHIMEN, VillageLink("https://nuandong.example.cn"), "pdf")
    with TemporaryDirectory() as folder:
        return as_pdf(drawn, Path(folder)).text


async def word(faces: Faces) -> str:
    """The printed form for Word."""
    written = Document(BytesIO(await book(faces).blank(SHIMEN, VillageLink("https://nuandong.example.cn"), "docx")))
    return "".join(cell.text for table in written.tables for row in table.rows for cell in row.cells)


async def xlsform(faces: Faces) -> str:
    """The form of the field teams, as pyxform reads it."""
    async with faces.resident().http.get(faces.server.make_url("/forms/apply.xlsx?county=410324")) as response:
        made = convert(await response.read(), validate=False, warnings=[])
    assert 'nodeset="/data/stove"' in made.xform
    return made.xform


async def workbook(faces: Faces) -> str:
    """The list for a workbook, with its sheet of how to fill it in."""
    made = load_workbook(BytesIO(template(asked())))
    assert WORDS["apply.stove.name"] in [cell.value for cell in made.worksheets[0][1]]
    return "".join(str(cell.value) for sheet in made.worksheets for row in sheet.iter_rows() for cell in row)


FACES: dict[str, Callable[[Faces], Awaitable[str]]] = {
    "chat": chat,
    "pages": pages,
    "one_page": one_page,
    "offline": offline,
    "api": api,
    "paper": paper,
    "word": word,
    "xlsform": xlsform,
    "workbook": workbook,
}


@pytest.mark.parametrize("face", FACES)
async def test_the_new_question_stands_there(faces: Faces, face: str) -> None:
    seen = await FACES[face](faces)
    assert WORDS["apply.stove.ask"] in seen or WORDS["apply.stove.name"] in seen
    for label in ("stove.coal", "stove.bed", "stove.nothing"):
        assert WORDS[label] in seen


async def by_chat(faces: Faces) -> None:
    """Walk the whole talk."""
    rest = ["跳过", "一般户", "风雹", "1", "粮食不够吃", "跳过", "提交"]
    for number, words in enumerate([*SAID[:7], "烧火炕", "石门村", *rest]):
        await faces.turns.take(Inbound("wechat", f"m{number}", "someone", Input(Kind.TEXT, words)))


async def by_pages(faces: Faces) -> None:
    """Fill in every page."""
    resident = await faces.resident().open("/forms/apply")
    given = typed(1)
    order = [question.key for question in FLOWS["apply"].questions if question.asked]
    for key in order:
        await resident.fill({key: (given | {"stove": "bed"})[key]})
    await resident.fill()


async def by_one_page(faces: Faces) -> None:
    """Fill in the one page."""
    resident = await faces.resident().open("/forms/apply/all")
    await resident.fill(typed(1) | {"stove": "bed"})


async def by_offline(faces: Faces) -> None:
    """Send a row."""
    resident = faces.resident()
    known = json.loads((await resident.open("/forms/apply/offline.json")).html)
    row = {"key": str(uuid.uuid4()), "who": known["who"], "answers": codes(1) | {"stove": "bed"}}
    async with resident.http.post(faces.server.make_url("/forms/apply/rows"), json=row) as response:
        assert response.status == 201


async def by_api(faces: Faces) -> None:
    """Post it."""
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    url = faces.server.make_url("/api/v1/apply")
    async with faces.resident().http.post(url, json=codes(1) | {"stove": "bed"}, headers=headers) as response:
        assert response.status == 201


async def by_import(faces: Faces) -> None:
    """Bring it home on a telephone."""
    world = faces.world
    importer = Importer(world.database, faces.clock, faces.turns, texts(), nothing)
    (record,) = read("collected.csv", as_csv([household(1, stove="bed")]))
    result = await importer.take(record)
    assert result.state == "made", result


async def by_workbook(faces: Faces) -> None:
    """Send a list in at the console, and say yes."""
    world = faces.world
    body = workbook_of(
        (*HEADINGS, WORDS["apply.stove.name"]), [*a_row(1, 身份证号码=resident_id(1)), WORDS["stove.bed"]]
    )
    sent = Sent("a.xlsx", digest_of(body), Kinds.APPLY, 3)
    async with world.units.begin() as unit:
        file_id, _ = await keep(unit, world.cun, world.scheme_id, sent, prepare(read_list(body, world.cun)))
        await confirm(unit, world.cun, file_id)


async def nothing(_instance: str, _name: str) -> None:
    """No photo is beside the file."""


WAYS: dict[str, Callable[[Faces], Awaitable[None]]] = {
    "chat": by_chat,
    "pages": by_pages,
    "one_page": by_one_page,
    "offline": by_offline,
    "api": by_api,
    "import": by_import,
    "workbook": by_workbook,
}


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_answered_there_arrives(faces: Faces, way: str) -> None:
    await WAYS[way](faces)
    async with faces.world.database.read() as db:
        (sent,) = await db.scalars(select(Submission.content))
        content = sent["answers"]
    expected = {"stove": "bed", "head": "王建国", "id_number": resident_id(1), "village": SHIMEN, "household_size": 4}
    assert {key: content[key] for key in expected} == expected


async def test_what_arrived_stands_on_the_filled_paper(faces: Faces, tmp_path: Path) -> None:
    await by_api(faces)
    async with faces.world.database.read() as db:
        (case,) = await db.scalars(select(Case.id))
        form = await form1(db, faces.world.cun, case)
    drawn = as_pdf(await book(faces).filled(form, "pdf"), tmp_path)
    assert "□烧煤炉■烧火炕□没有取暖的" in drawn.boxes
