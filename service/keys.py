"""The installation's secrets: from the environment, or made once and kept in the embedded database's folder."""

import secrets
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url, select

from intake.models import Household
from service.schema import Base
from service.settings import VAR, SettingError, Settings
from store.cipher import AES, SM4, Keyring, SealError
from store.database import Database
from store.types import SealedJson, SealedText

SECRET = "secret.key"  # noqa: S105 - the name of a file


def make_keyring(settings: Settings) -> Keyring:
    """The keys for personal fields.

    Raises:
        SettingError: no ``NUANDONG_SECRET_KEY`` although the database is shared, one that is too short, or a kept key
            that is gone while the database holds what it sealed.
    """
    secret = settings.secret_key
    if not secret:
        if not settings.database_url.startswith("sqlite"):
            raise SettingError(
                "NUANDONG_SECRET_KEY is not set. Make one, keep it safe, and give the same to every process: "
                'python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        folder = folder_of(settings)
        if not (folder / SECRET).exists():
            _check_unsealed(settings, folder)
        secret = kept_secret(SECRET, 48, folder)
    try:
        return Keyring(secret, algorithm=SM4 if settings.cipher == "sm4" else AES)
    except ValueError as error:
        raise SettingError(str(error)) from error


async def check_opens(database: Database) -> None:
    """That the keys open what the database holds: seen at the start, not by the first person who writes.

    Raises:
        SettingError: they do not.
    """
    try:
        async with database.read() as db:
            await db.scalar(select(Household.id_number).order_by(Household.id.desc()).limit(1))
    except SealError as error:
        raise SettingError(
            "NUANDONG_SECRET_KEY does not open what is in the database. Set the key it was begun with; after a "
            "rotation keep the old ones behind the new one: NUANDONG_SECRET_KEY=new,old"
        ) from error


def folder_of(settings: Settings) -> Path:
    """The folder of the embedded database's file, where secrets are kept: ``var`` where there is no such file."""
    file = _file_of(settings)
    return file.parent if file else VAR


def kept_secret(name: str, size: int, folder: Path) -> str:
    """A random secret in a file that only its owner may read; made at the first call."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(size), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _file_of(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _check_unsealed(settings: Settings, folder: Path) -> None:
    """Nothing may be sealed yet when a key is made: a new key would open none of it, and find no household."""
    file = _file_of(settings)
    if file is not None and file.exists() and _holds_sealed(file):
        raise SettingError(
            f"{folder / SECRET} is missing, but {file} holds personal data sealed with it. Put the key back from your "
            "backup, or set NUANDONG_SECRET_KEY to it. If the data is not needed any more, move the database away"
        )


def _holds_sealed(file: Path) -> bool:
    import sqlite3  # noqa: PLC0415 - only after `store` has put in the library that we trust

    sealed = {
        table.name
        for table in Base.metadata.tables.values()
        if any(isinstance(column.type, SealedText | SealedJson) for column in table.columns)
    }
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counted = (connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1') for name in sealed & there)  # noqa: S608 - ours
        return any(found.fetchone() for found in counted)
