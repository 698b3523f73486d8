"""Settings: what is wrong is said with an example of right."""

import shutil
from pathlib import Path

import pytest

from service.keys import folder_of, kept_secret, make_keyring
from service.settings import SettingError, Settings, read_settings
from store.clock import FixedClock
from store.database import Database
from tests.world import file_case, make_world


def test_nothing_set_is_the_embedded_database_on_this_machine() -> None:
    settings = read_settings({})
    assert settings.database_url == "sqlite:///var/nuandong.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert not settings.has_wechat
    assert not settings.has_telegram


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PORT": "http"}, "number from 1 to 65535, e.g. 8080"),
        ({"PORT": "70000"}, "number from 1 to 65535"),
        ({"CIPHER": "rot13"}, "aes or sm4"),
        ({"PUBLIC_URL": "nuandong.example.cn"}, "https://nuandong.example.cn"),
        ({"WECHAT_APP_ID": "wx1"}, "WECHAT_TOKEN"),
        ({"WECHAT_TOKEN": "t", "WECHAT_AES_KEY": "a" * 43}, "WECHAT_APP_ID"),
        ({"WECHAT_TOKEN": "t", "WECHAT_APP_ID": "wx1", "WECHAT_AES_KEY": "short"}, "43 letters and digits"),
        ({"TELEGRAM_TOKEN": "1:a"}, "TELEGRAM_SECRET"),
        ({"TELEGRAM_POLLING": "maybe"}, "write 1 or 0"),
    ],
)
def test_a_wrong_setting_is_refused(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        read_settings({f"NUANDONG_{name}": value for name, value in environment.items()})


def test_a_shared_database_needs_a_secret_that_all_processes_share() -> None:
    settings = read_settings({"NUANDONG_DATABASE_URL": "postgresql://localhost/nuandong"})
    with pytest.raises(SettingError, match="token_urlsafe"):
        make_keyring(settings)
    with pytest.raises(SettingError, match="32 characters"):
        make_keyring(read_settings({"NUANDONG_SECRET_KEY": "short"}))


def sqlite_settings(file: Path) -> Settings:
    """An installation whose database is this file, and whose key is kept."""
    return read_settings({"NUANDONG_DATABASE_URL": f"sqlite:///{file}"})


def test_the_key_is_kept_in_the_databases_folder_wherever_one_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = sqlite_settings(tmp_path / "data" / "nuandong.db")
    first = make_keyring(settings)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert make_keyring(settings).sign("x", b"y") == first.sign("x", b"y")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert folder_of(read_settings({"NUANDONG_DATABASE_URL": "postgresql://localhost/x"})) == Path("var")
    assert folder_of(read_settings({})) == Path("var")


async def test_no_new_key_is_made_for_a_database_that_an_old_one_sealed(
    sqlite_template: Path, tmp_path: Path, clock: FixedClock
) -> None:
    file = tmp_path / "nuandong.db"
    shutil.copy(sqlite_template, file)
    make_keyring(sqlite_settings(file))
    (tmp_path / "secret.key").unlink()
    make_keyring(sqlite_settings(file))
    (tmp_path / "secret.key").rename(tmp_path / "lost.key")

    database = Database(f"sqlite:///{file}")
    try:
        await file_case(await make_world(database, clock))
        with pytest.raises(SettingError, match=r"secret\.key is missing.*backup"):
            make_keyring(sqlite_settings(file))
    finally:
        await database.close()
    assert not (tmp_path / "secret.key").exists()
    (tmp_path / "lost.key").rename(tmp_path / "secret.key")
    make_keyring(sqlite_settings(file))


def test_a_kept_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = kept_secret("secret.key", 48, tmp_path / "var")
    assert len(first) >= 48
    assert kept_secret("secret.key", 48, tmp_path / "var") == first
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o077 == 0
