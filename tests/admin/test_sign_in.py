"""Signing in: what is said when it fails, and how guessing is slowed."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from intake.staff import LONGEST, Attempts, hash_password, sign_in
from store.clock import FixedClock
from tests.admin.browser import Browser
from tests.admin.conftest import Console


async def test_wrong_name_and_wrong_password_say_the_same(console: Console) -> None:
    stranger = Browser(console.server)
    wrong = await stranger.sign_in("cun", "not-it")
    unknown = await stranger.sign_in("nobody", "not-it")
    assert (wrong.status, unknown.status) == (401, 401)
    assert "用户名或密码不对" in wrong.text
    assert wrong.text == unknown.text
    assert 'value="cun"' in wrong.html
    assert "not-it" not in wrong.html
    assert (await stranger.sign_in("", "")).status == 422
    await stranger.http.close()


async def test_five_failures_lock_the_name_for_a_minute(console: Console) -> None:
    stranger = Browser(console.server)
    for _ in range(5):
        assert (await stranger.sign_in("cun", "guess")).status == 401
    locked = await stranger.sign_in("cun")
    assert (locked.status, "请等 61 秒再登录" in locked.text) == (429, True)
    assert (await stranger.sign_in("zhen")).path == "/admin/"
    console.clock.forward(timedelta(seconds=61))
    assert (await stranger.sign_in("cun")).path == "/admin/"
    await stranger.http.close()


async def test_the_form_has_to_be_ours(console: Console) -> None:
    stranger = Browser(console.server)
    fields: dict[str, object] = {"username": "cun", "password": "demo-password", "token": "forged"}
    assert (await stranger.post("/admin/login", fields)).status == 403
    assert (await stranger.get("/admin/")).path == "/admin/login"
    await stranger.http.close()


async def test_one_goes_back_only_to_pages_of_the_console(console: Console) -> None:
    stranger = Browser(console.server)
    asked = await stranger.get("/admin/audit/need")
    assert 'name="next" value="/admin/audit/need"' in asked.html
    foreign = await stranger.get("/admin/login?next=https://evil.example/admin/")
    assert 'name="next" value="/admin/"' in foreign.html
    await stranger.http.close()


async def test_passwords_are_argon2id_and_bounded(console: Console) -> None:
    hashed = await hash_password("correct horse")
    assert hashed.startswith("$argon2id$")
    assert PasswordHasher().verify(hashed, "correct horse")
    async with console.world.database.read() as db:
        assert await sign_in(db, "cun", "x" * (LONGEST + 1)) is None
        found = await sign_in(db, "cun", "demo-password")
    assert found is not None
    assert found.role.value == "village"


async def test_an_unknown_name_costs_the_same_hashing(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    monkeypatch.setattr("intake.staff._fits", lambda hashed, _password: checked.append(hashed[:10]))
    async with console.world.database.read() as db:
        assert await sign_in(db, "nobody", "guess") is None
        assert await sign_in(db, "cun", "guess") is None
    assert checked == ["$argon2id$", "$argon2id$"]


def test_the_count_of_failures_keeps_no_more_names_than_it_may(clock: FixedClock) -> None:
    attempts = Attempts(most=3)
    for number in range(10):
        assert attempts.wait(f"name-{number}", clock.now()) == 0
    assert len(attempts._tries) == 3


def test_a_right_password_forgets_the_failures(clock: FixedClock) -> None:
    attempts = Attempts()
    for _ in range(20):
        assert attempts.wait("cun", clock.now()) == 0
        attempts.succeeded("cun")
