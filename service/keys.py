"""The installation's secrets: from the environment, or made once and kept beside the embedded database."""

import secrets
from pathlib import Path

from service.settings import VAR, SettingError, Settings
from store.cipher import AES, SM4, Keyring


def make_keyring(settings: Settings) -> Keyring:
    """The keys for personal fields.

    Raises:
        SettingError: no ``NUANDONG_SECRET_KEY`` although the database is shared, or one that is too short.
    """
    secret = settings.secret_key
    if not secret:
        if not settings.database_url.startswith("sqlite"):
            raise SettingError(
                "NUANDONG_SECRET_KEY is not set. Make one, keep it safe, and give the same to every process: "
                'python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        secret = kept_secret("secret.key", 48)
    try:
        return Keyring(secret, algorithm=SM4 if settings.cipher == "sm4" else AES)
    except ValueError as error:
        raise SettingError(str(error)) from error


def kept_secret(name: str, size: int, folder: Path = VAR) -> str:
    """A random secret in a file that only its owner may read; made at the first call."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(size), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
