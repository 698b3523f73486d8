"""The form on one page."""

import pytest
from sqlalchemy import select

from intake.models import Case
from intake.procedure import Role
from tests.faces.conftest import Faces
from tests.faces.household import typed
from tests.faces.resident import Resident
from tests.faces.test_stepping import cases
from tests.media import photo


async def test_everything_at_once(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    await resident.fill(typed(1))
    (number,) = await cases(faces)
    assert number in resident.text


async def test_every_mistake_stands_at_its_field_and_nothing_is_lost(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    wrong = typed(2, phone="12", id_number="410324195001011230", reason="")
    await resident.fill(wrong)
    assert resident.status == 422
    for key in ("phone", "id_number", "reason"):
        assert f'id="{key}-error"' in resident.html
        assert f'href="#{key}-field"' in resident.html
    assert 'id="head-error"' not in resident.html
    for key, value in wrong.items():
        if key != "group":
            assert resident.fields[key] == (
                sorted(value, key=["hail", "drought", *value].index) if isinstance(value, list) else [value]
            ), key
    await resident.fill(typed(2))
    assert len(await cases(faces)) == 1


async def test_a_village_of_an_unclear_name_is_picked_from_those_it_may_be(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    await resident.fill(typed(3, village="潭头镇"))
    assert resident.status == 422
    assert "410324103201" in resident.offered["village.pick"]
    await resident.fill({"village.pick": "410324103201"})
    async with faces.world.database.read() as db:
        assert (await db.scalars(select(Case.village))).all() == ["410324103201"]


async def test_a_single_near_village_is_asked_about_by_name(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    await resident.fill(typed(3, village="谭头石门"))
    assert resident.status == 422
    assert "您说的是“潭头镇石门村”吗？" in resident.text
    assert "好几个" not in resident.text and "哪一个" not in resident.text
    assert resident.offered["village.pick"] == ["410324103201"]
    await resident.fill({"village.pick": "410324103201"})
    assert len(await cases(faces)) == 1


async def test_the_same_page_sent_twice_is_one_case(faces: Faces, resident: Resident) -> None:
    await resident.open("/forms/apply/all")
    page = resident.html
    await resident.fill(typed(4))
    first = resident.text
    resident.html = page
    await resident.fill(typed(4))
    assert resident.text == first
    assert len(await cases(faces)) == 1


async def test_what_was_begun_page_by_page_stands_here(resident: Resident) -> None:
    await resident.open("/forms/apply?at=head")
    await resident.fill({"head": "李秀英"})
    await resident.open("/forms/apply/all")
    assert resident.fields["head"] == ["李秀英"]


async def test_a_needless_answer_is_left_out(faces: Faces, resident: Resident) -> None:
    """Name and phone are for those who give their name; what was typed before is not sent."""
    await resident.open("/forms/report/all")
    assert 'data-key="name"' in resident.html
    given = {"confidential": "yes", "kind": resident.offered["kind"][0], "level": resident.offered["level"][0]}
    given |= {"what": "救助名单里有村干部的亲戚", "named": "no", "name": "王建国", "photos": photo()}
    await resident.fill(given)
    assert "回执码" in resident.text, resident.text
    assert "王建国" not in resident.html


async def test_a_photo_that_is_none_loses_nothing_else(resident: Resident) -> None:
    await resident.open("/forms/report/all")
    await resident.fill({"what": "救助名单里有村干部的亲戚", "photos": b"GIF89a"})
    assert resident.status == 422
    assert resident.fields["what"] == ["救助名单里有村干部的亲戚"]
    assert "不是照片" in resident.text


@pytest.mark.parametrize("role", [Role.VILLAGE])
async def test_an_official_is_not_asked_for_their_own_village(faces: Faces, resident: Resident, role: Role) -> None:
    await bind(faces, resident)
    await resident.open("/forms/nominate/all")
    assert resident.fields["village"] == ["潭头镇石门村"]
    assert "relation" not in resident.offered


async def bind(faces: Faces, resident: Resident) -> None:
    """Make the browser the official's of the village, as the code from the console does."""
    from intake.models import Contact

    await resident.open("/forms/apply?at=head")
    await resident.fill({"head": "王建国"})
    async with faces.world.database.write() as db:
        contact = (await db.scalars(select(Contact).order_by(Contact.id.desc()))).first()
        assert contact is not None
        contact.staff_id = faces.world.cun.id
