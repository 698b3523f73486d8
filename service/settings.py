"""Settings from the environment, prefix ``NUANDONG_``; what is wrong is said with an example of right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Lookup = Callable[..., str]
"""A setting by its name without the prefix, and what it is when nobody set it."""


class SettingError(ValueError):
    """A setting cannot be used; the message says which, why, and an example of right."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the environment decides. Empty strings mean: not set, the part is off."""

    database_url: str
    secret_key: str
    public_url: str
    host: str
    port: int
    cipher: str
    demo_password: str
    worker_name: str
    wechat_app_id: str
    wechat_app_secret: str
    wechat_token: str
    wechat_aes_key: str
    wechat_api_base: str
    wechat_plain_allowed: bool
    wechat_fresh_seconds: int
    telegram_token: str
    telegram_secret: str
    telegram_api_base: str
    telegram_polling: bool

    @property
    def has_wechat(self) -> bool:
        """Whether the WeChat webhook is on."""
        return bool(self.wechat_token)

    @property
    def has_telegram(self) -> bool:
        """Whether Telegram is on."""
        return bool(self.telegram_token)


AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")

VAR = Path("var")
"""Where an installation without a database server keeps its database and its keys."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in ``environment``.

    Raises:
        SettingError: a value cannot be used.
    """

    def text(name: str, otherwise: str = "") -> str:
        return environment.get(f"NUANDONG_{name}", "").strip() or otherwise

    host, port = text("HOST", "127.0.0.1"), _number(text, "PORT", 8080, 1, 65535)
    settings = Settings(
        database_url=text("DATABASE_URL", f"sqlite:///{VAR / 'nuandong.db'}"),
        secret_key=text("SECRET_KEY"),
        public_url=text("PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        host=host,
        port=port,
        cipher=text("CIPHER", "aes").lower(),
        demo_password=text("DEMO_PASSWORD"),
        worker_name=text("WORKER_NAME", "worker-1"),
        wechat_app_id=text("WECHAT_APP_ID"),
        wechat_app_secret=text("WECHAT_APP_SECRET"),
        wechat_token=text("WECHAT_TOKEN"),
        wechat_aes_key=text("WECHAT_AES_KEY"),
        wechat_api_base=text("WECHAT_API_BASE", "https://api.weixin.qq.com"),
        wechat_plain_allowed=_flag(text, "WECHAT_PLAIN_ALLOWED"),
        wechat_fresh_seconds=_number(text, "WECHAT_FRESH_SECONDS", 300, 1, 86_400),
        telegram_token=text("TELEGRAM_TOKEN"),
        telegram_secret=text("TELEGRAM_SECRET"),
        telegram_api_base=text("TELEGRAM_API_BASE", "https://api.telegram.org"),
        telegram_polling=_flag(text, "TELEGRAM_POLLING"),
    )
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if settings.cipher not in ("aes", "sm4"):
        raise SettingError(f"NUANDONG_CIPHER is {settings.cipher!r}; write aes or sm4")
    if not settings.public_url.startswith(("http://", "https://")):
        raise SettingError("NUANDONG_PUBLIC_URL needs http:// or https:// in front, e.g. https://nuandong.example.cn")
    if settings.wechat_aes_key and not AES_KEY.fullmatch(settings.wechat_aes_key):
        raise SettingError("NUANDONG_WECHAT_AES_KEY is not 43 letters and digits; copy the EncodingAESKey from WeChat")
    if settings.wechat_aes_key and not settings.wechat_app_id:
        raise SettingError("NUANDONG_WECHAT_AES_KEY needs NUANDONG_WECHAT_APP_ID beside it, e.g. wx1234567890abcdef")
    if settings.wechat_app_id and not settings.wechat_token:
        raise SettingError("NUANDONG_WECHAT_APP_ID needs NUANDONG_WECHAT_TOKEN, the token typed into WeChat's settings")
    if settings.has_telegram and not settings.telegram_secret and not settings.telegram_polling:
        raise SettingError(
            "NUANDONG_TELEGRAM_TOKEN needs NUANDONG_TELEGRAM_SECRET (any 32 letters and digits), "
            "or NUANDONG_TELEGRAM_POLLING=1 on a machine without a public address"
        )


def _number(text: Lookup, name: str, otherwise: int, low: int, high: int) -> int:
    value = text(name, str(otherwise))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise SettingError(f"NUANDONG_{name} is {value!r}; write a number from {low} to {high}, e.g. {otherwise}")
    return int(value)


def _flag(text: Lookup, name: str) -> bool:
    value = text(name, "0").lower()
    if value not in ("0", "1", "no", "yes", "false", "true"):
        raise SettingError(f"NUANDONG_{name} is {value!r}; write 1 or 0")
    return value in ("1", "yes", "true")
