"""The API: once however often, plain words for what is wrong, and nothing of others."""

import asyncio
import uuid
from typing import Any

import pytest
from aiohttp import ClientSession
from jsonschema import Draft202012Validator
from sqlalchemy import func, select

from bot.desks import apply as desk
from bot.faces.pace import Pace
from intake.models import Case, Contact
from tests.faces.conftest import Faces
from tests.faces.household import codes
from tests.faces.test_stepping import cases
from tests.world import days

SECRET = "a-secret-of-one-client"


class Client:
    """A program that calls the API."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces

    async def send(self, body: Any, key: str = "", path: str = "apply", **headers: str) -> tuple[int, dict[str, Any]]:
        """Hand something in."""
        sent = {"Idempotency-Key": key or str(uuid.uuid4())} | {n.replace("_", "-"): v for n, v in headers.items()}
        url = self.faces.server.make_url(f"/api/v1/{path}")
        data = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with ClientSession() as http, http.post(url, headers=sent, **data) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> dict[str, Any]:
        """Read something."""
        async with ClientSession() as http, http.get(self.faces.server.make_url(path)) as response:
            assert response.status == 200
            found: dict[str, Any] = await response.json()
            return found


@pytest.fixture
def client(faces: Faces) -> Client:
    """A program."""
    return Client(faces)


async def test_an_application_becomes_a_case(faces: Faces, client: Client) -> None:
    status, body = await client.send(codes(1))
    (number,) = await cases(faces)
    assert (status, body["made"]) == (201, {"number": number})
    described = await client.get("/api/v1/openapi.json")
    Draft202012Validator(described["components"]["schemas"]["made"]).validate(body)


async def test_the_same_key_is_answered_once_and_the_same(faces: Faces, client: Client) -> None:
    key = str(uuid.uuid4())
    answers = await asyncio.gather(*(client.send(codes(1), key) for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert len(await cases(faces)) == 1


async def test_a_key_of_another_form_is_refused(faces: Faces, client: Client) -> None:
    key = str(uuid.uuid4())
    await client.send(codes(1), key)
    status, body = await client.send(codes(2), key)
    assert status == 422
    assert "Idempotency-Key" in body["text"]
    assert len(await cases(faces)) == 1


async def test_what_is_wrong_is_said_by_field_and_a_new_key_mends_it(faces: Faces, client: Client) -> None:
    status, body = await client.send(codes(1, phone="12", categories=["nosuch"], household_size=99))
    assert status == 422
    assert set(body["errors"]) >= {"phone", "categories", "household_size"}
    assert "head" not in body["errors"]
    described = await client.get("/api/v1/openapi.json")
    Draft202012Validator(described["components"]["schemas"]["errors"]).validate(body)
    assert (await client.send(codes(1)))[0] == 201


async def test_the_same_household_from_a_stranger_makes_nothing(faces: Faces, client: Client) -> None:
    await client.send(codes(1))
    status, body = await client.send(codes(1))
    assert status == 409
    (number,) = await cases(faces)
    assert number not in str(body)


async def test_one_client_is_one_contact_and_may_correct(faces: Faces, client: Client) -> None:
    for reason in ("粮食不够吃", "粮食不够吃到春天"):
        status, _ = await client.send(codes(1, reason=reason), Authorization=f"Bearer {SECRET}")
        assert status == 201
    async with faces.world.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Contact)) == 1
        assert await db.scalar(select(func.count()).select_from(Case)) == 1
        assert SECRET not in str((await db.scalars(select(Contact.address))).one())


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), ([], 400), ("text", 400), (b"x" * 70_000, 413), ({"flow": {"$ne": 1}}, 422), ({}, 422)],
    ids=["broken", "list", "text", "large", "strange", "empty"],
)
async def test_a_body_that_is_no_form(client: Client, body: Any, status: int) -> None:
    headers = {"Content_Type": "application/json"} if isinstance(body, bytes) else {}
    answered, told = await client.send(body, **headers)
    assert answered == status
    assert told["errors"]


@pytest.mark.parametrize(
    "value", [None, True, 1.5, 1e300, -1, "\u202e王", "\x00", [[]], {"a": 1}, ["x"] * 300, "字" * 60_000][:10], ids=repr
)
@pytest.mark.parametrize("key", ["head", "id_number", "phone", "household_size", "village", "categories", "reason"])
async def test_any_value_anywhere_is_answered_in_words(client: Client, key: str, value: Any) -> None:
    status, told = await client.send(codes(1, **{key: value}))
    assert status in (201, 422), told
    assert status == 201 or set(told["errors"]) <= {key, "persons_in_need"}


@pytest.mark.parametrize("key", ["short", "with blanks in it, long", "长" * 20, "x" * 65])
async def test_a_key_that_is_none(client: Client, key: str) -> None:
    url = client.faces.server.make_url("/api/v1/apply")
    async with ClientSession() as http, http.post(url, headers={"Idempotency-Key": key}, json={}) as response:
        assert response.status == 400


async def test_other_addresses_and_types(client: Client) -> None:
    assert (await client.send({}, path="nosuch"))[0] == 404
    assert (await client.send({}, path="person"))[0] == 404
    assert (await client.send(b"a=1", Content_Type="application/x-www-form-urlencoded"))[0] == 415
    assert (await client.send({}, Authorization="Basic xyz"))[0] == 401
    assert await client.get("/api/v1/health") == {"status": "ok"}


async def test_a_fault_of_ours_makes_nothing_and_says_to_send_again(
    faces: Faces, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("made up")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "receive", broken)
        assert (await client.send(codes(1)))[0] == 503
    assert (await client.send(codes(1)))[0] == 201
    assert len(await cases(faces)) == 1


async def test_the_words_are_in_the_callers_language(client: Client) -> None:
    _, chinese = await client.send({}, Accept_Language="zh-CN,zh;q=0.9,en;q=0.5")
    _, english = await client.send({}, Accept_Language="en-US,en;q=0.9")
    assert chinese["text"] != english["text"]


def test_the_pace_of_one_caller(faces: Faces) -> None:
    now = faces.clock.now()
    pace = Pace(per_minute=60, burst=3)
    assert [pace.wait("a", now) for _ in range(4)] == [0, 0, 0, 1]
    assert pace.wait("b", now) == 0
    assert pace.wait("a", now + days(1)) == 0


async def test_too_many_are_told_when_to_come_back(client: Client) -> None:
    answers = [await client.send({}, Authorization=f"Bearer {SECRET}") for _ in range(61)]
    assert [status for status, _ in answers] == [422] * 60 + [429]
    assert "秒" in answers[-1][1]["text"]
