"""What phones send from the offline form, and what they have to know for it."""

import uuid
from typing import Any

import pytest

from tests.faces.conftest import Faces
from tests.faces.household import codes
from tests.faces.resident import Resident
from tests.faces.test_stepping import cases
from tests.faces.test_whole import bind

FORM = "/forms/apply/offline.json"


async def data(resident: Resident, path: str = FORM) -> dict[str, Any]:
    """What the page has to know."""
    async with resident.http.get(resident.server.make_url(path)) as response:
        assert response.status == 200
        found: dict[str, Any] = await response.json()
        return found


async def send(resident: Resident, row: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """Send a row."""
    url = resident.server.make_url("/forms/apply/rows")
    async with resident.http.post(url, json=row, headers=headers) as response:
        return response.status, await response.json()


async def test_a_row_becomes_a_case_once(faces: Faces, resident: Resident) -> None:
    row = {"key": str(uuid.uuid4()), "who": (await data(resident))["who"], "answers": codes(1)}
    first = await send(resident, row)
    assert first[0] == 201
    assert await send(resident, row) == first
    assert await cases(faces) == [first[1]["made"]["number"]]
    assert (await send(resident, row | {"answers": codes(2)}))[0] == 422


async def test_a_row_leaves_the_draft_of_the_talk_as_it_is(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply?at=head")
    await resident.fill({"head": "李秀英"})
    row = {"key": str(uuid.uuid4()), "who": (await data(resident))["who"], "answers": codes(1)}
    assert (await send(resident, row))[0] == 201
    await resident.open("/forms/apply?at=head")
    assert resident.fields["head"] == ["李秀英"]


async def test_what_is_wrong_is_said_by_question(faces: Faces, resident: Resident) -> None:
    row = {"key": str(uuid.uuid4()), "who": (await data(resident))["who"], "answers": codes(1, id_number="123")}
    status, body = await send(resident, row)
    assert (status, set(body["errors"])) == (422, {"id_number"})
    assert await cases(faces) == []


async def test_a_row_of_someone_else_is_not_taken(faces: Faces, resident: Resident) -> None:
    before = (await data(resident))["who"]
    await bind(faces, resident)
    assert (await data(resident))["who"] != before
    row = {"key": str(uuid.uuid4()), "who": before, "answers": codes(1)}
    assert (await send(resident, row))[0] == 403
    stranger = faces.resident()
    assert (await send(stranger, row))[0] == 403
    assert await cases(faces) == []


@pytest.mark.parametrize(
    "row",
    [
        [],
        {},
        {"key": "short", "who": "", "answers": {}},
        {"key": "x" * 20, "who": 1},
        {"key": "x" * 20, "who": "", "answers": []},
        {"key": None, "who": "", "answers": {}},
    ],
    ids=str,
)
async def test_what_is_no_row(resident: Resident, row: Any) -> None:
    status, body = await send(resident, row)
    assert status == 400
    assert body["errors"]


async def test_another_site_sends_none(faces: Faces, resident: Resident) -> None:
    row = {"key": str(uuid.uuid4()), "who": (await data(resident))["who"], "answers": codes(1)}
    assert (await send(resident, row, Origin="https://elsewhere.example"))[0] == 403
    assert await cases(faces) == []


async def test_it_knows_the_questions_of_who_looks(faces: Faces, resident: Resident) -> None:
    known = await data(resident, "/forms/nominate/offline.json")
    assert "relation" in known["schema"]["properties"]
    assert known["known"] == {}
    await bind(faces, resident)
    known = await data(resident, "/forms/nominate/offline.json")
    assert "relation" not in known["schema"]["properties"]
    assert known["known"] == {"village": faces.world.village}
    assert [code for code, _, _ in known["places"]] == sorted(code for code, _, _ in known["places"])
    for address in known["files"]:
        await resident.open(address)
        assert resident.status == 200, address


async def test_a_form_whose_choices_we_look_up_is_not_offered_offline(resident: Resident) -> None:
    await resident.open("/forms/objection/offline")
    assert resident.status == 404
