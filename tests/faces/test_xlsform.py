"""The forms of field teams: read by pyxform as ODK and KoboToolbox do, with the talk's questions, choices and rules."""

import warnings
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from bot.answers.one import One
from bot.faces.workbook import workbook
from bot.faces.xlsform import Form, field_flows, xlsform
from bot.flow import Flow, Question
from bot.flows.apply import apply
from locales import languages, texts
from tests.bot.test_talks import bot_world
from tests.faces.conftest import Faces
from tests.world import SHIMEN

COUNTY = "410324"
_H = "{http://www.w3.org/1999/xhtml}"
_X = "{http://www.w3.org/2002/xforms}"


def made(flow: Flow, county: str = COUNTY) -> Form:
    world = bot_world()
    return xlsform(flow, lambda t: world.given(t, date(2022, 11, 1), county or None), county)


def xform(form: Form) -> ElementTree.Element:
    """The form as pyxform makes it; any warning of it is an error."""
    heard: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of other packages
        result = convert(workbook(form), validate=False, warnings=heard)
    assert heard == []
    return ElementTree.fromstring(result.xform)  # noqa: S314 - our own form


def row(form: Form, name: str) -> Mapping[str, str]:
    (found,) = (row for row in form.survey if row["name"] == name)
    return found


@pytest.mark.parametrize("county", [COUNTY, ""])
@pytest.mark.parametrize("flow", field_flows(), ids=lambda flow: flow.name)
def test_pyxform_reads_every_form_without_a_warning(flow: Flow, county: str) -> None:
    tree = xform(made(flow, county))
    asked = {bind.attrib["nodeset"].rpartition("/")[2] for bind in tree.iter(f"{_X}bind")}
    wanted = {question.key for question in flow.questions if question.answer.kind != "picked"}
    assert wanted <= asked | {question.key for question in flow.questions if question.when.xpath == "false()"}
    assert {"nuandong_form", "instanceID"} <= asked


def test_the_four_forms_of_the_field_are_there() -> None:
    assert [flow.name for flow in field_flows()] == ["apply", "nominate", "visit", "discover"]


def test_kinds_of_answer_become_types_with_their_rules() -> None:
    form = made(apply)
    assert row(form, "head")["type"] == "text"
    assert row(form, "id_number")["constraint"] == "regex(., '^[0-9]{17}[0-9Xx]$')"
    assert row(form, "household_size")["type"] == "integer"
    assert row(form, "household_size")["constraint"] == ". >= 1 and . <= 30"
    assert row(form, "persons_in_need")["constraint"] == ". >= 1 and . <= ${household_size}"
    assert "家庭人口" in row(form, "persons_in_need")["constraint_message::中文 (zh)"]
    assert row(form, "consent")["constraint"] == ". = 'yes'"
    assert row(form, "categories")["type"] == "select_multiple categories"
    assert "残疾人：" in row(form, "categories")["guidance_hint::中文 (zh)"]
    assert row(form, "reason")["appearance"] == "multiline"
    assert row(form, "reason")["required"] == "yes"
    assert "required" not in row(form, "remarks")
    assert "required" not in row(form, "group")
    visit = next(flow for flow in field_flows() if flow.name == "visit")
    found = made(visit)
    assert row(found, "day")["type"] == "date"
    assert [row(found, name)["type"] for name in ("photos", "photos_2", "photos_3")] == ["image"] * 3
    assert row(found, "photos_2")["relevant"] == "${photos} != ''"
    assert "count-selected" in row(found, "help")["constraint"]
    assert row(found, "help")["relevant"]


def test_every_language_has_its_column() -> None:
    form = made(apply)
    names = {f"label::{texts(code)(f'language.{code}')} ({texts(code).locale.language})" for code in languages()}
    assert names == {"label::中文 (zh)", "label::English (en)", "label::བོད་ཡིག (bo)"}
    for found in form.choices:
        assert names <= set(found)
    assert names <= set(row(form, "head"))
    assert row(form, "head")["label::English (en)"] != row(form, "head")["label::中文 (zh)"]


def test_villages_are_found_through_their_township() -> None:
    form = made(apply)
    listed = {found["name"]: found for found in form.choices if found["list_name"] == "village"}
    assert listed[SHIMEN]["above"] == SHIMEN[:9]
    assert len(listed) == len(bot_world().places.villages(COUNTY))
    townships = {found["name"] for found in form.choices if found["list_name"] == "village_township"}
    assert {found["above"] for found in listed.values()} == townships
    assert row(form, "village")["choice_filter"] == "above = ${village_township}"
    tree = xform(form)
    itemset = next(one for one in tree.iter(f"{_X}itemset") if "instance('village')" in one.attrib["nodeset"])
    assert "village_township" in itemset.attrib["nodeset"]


def test_a_new_question_is_in_the_next_form_and_changes_its_version() -> None:
    wall = Question("level", One(("village", "township"), "accused"), texts="report")
    longer = replace(apply, questions=(*apply.questions, wall))
    before, after = made(apply), made(longer)
    assert row(after, "level")["type"] == "select_one level"
    assert [found["name"] for found in after.choices if found["list_name"] == "level"] == ["village", "township"]
    assert before.settings["version"] != after.settings["version"]
    assert before.settings == made(apply).settings
    assert "level" in {bind.attrib["nodeset"].rpartition("/")[2] for bind in xform(after).iter(f"{_X}bind")}


def test_no_cell_is_a_formula() -> None:
    cells: dict[str, str] = {"type": "note", "name": "note", "label::中文 (zh)": '=HYPERLINK("http://x")'}
    book = load_workbook(BytesIO(workbook(Form((cells,), (), {"form_id": "x"}))))
    (cell,) = (cell for line in book["survey"].iter_rows() for cell in line if str(cell.value).startswith("="))
    assert cell.data_type == "s"


async def download(faces: Faces, path: str) -> tuple[int, bytes]:
    person = faces.resident()
    async with person.http.get(faces.server.make_url(path)) as response:
        return response.status, await response.read()


async def test_everybody_may_fetch_a_countys_form(faces: Faces) -> None:
    status, body = await download(faces, f"/forms/apply.xlsx?county={COUNTY}")
    assert status == 200
    settings: dict[Any, Any] = dict(
        zip(
            *[[cell.value for cell in line] for line in load_workbook(BytesIO(body))["settings"].iter_rows()],
            strict=True,
        )
    )
    assert settings["form_id"] == f"nuandong_apply_{COUNTY}"
    assert settings["version"] == made(apply).settings["version"]
    assert (await download(faces, "/forms/apply.xlsx"))[0] == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/forms/apply.xlsx?county=999999", "没有这个县的表"),
        ("/forms/apply.xlsx?county=4103", "没有这个县的表"),
        ("/forms/settings.xlsx", "/forms/apply.xlsx"),
        ("/forms/nothing.xlsx", "/forms/apply.xlsx"),
    ],
)
async def test_what_there_is_not_is_said(faces: Faces, path: str, said: str) -> None:
    status, body = await download(faces, path)
    assert (status, said in body.decode()) == (404, True)
