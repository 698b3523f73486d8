"""Settings: what is wrong is said with an example of right."""

from pathlib import Path

import pytest

from service.keys import kept_secret, make_keyring
from service.settings import SettingError, read_settings


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


def test_a_kept_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = kept_secret("secret.key", 48, tmp_path / "var")
    assert len(first) >= 48
    assert kept_secret("secret.key", 48, tmp_path / "var") == first
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o077 == 0
