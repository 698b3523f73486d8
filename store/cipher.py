"""Encryption of personal fields at rest, and the blind index that finds them again.

A sealed value is ``version (1) | key id (4) | nonce (12) | ciphertext and tag``. The label of its
field (``table.column``) is bound in, so a value moved to another field does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AES, SM4 = 1, 2
SHORTEST_SECRET = 32


class SealError(ValueError):
    """A sealed value cannot be opened: wrong key, wrong field, or changed bytes."""


@dataclass(frozen=True, slots=True)
class _Key:
    id: bytes
    aes: AESGCM
    sm4: bytes


def _derive(secret: str, use: str, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt=b"nuandong", info=use.encode()).derive(secret.encode())


class Keyring:
    """The keys of one installation.

    Args:
        secrets: newest first, comma separated, at least 32 characters each. The first seals; all
            open; the last makes the blind index, so rotating keeps old index values findable.
        algorithm: ``AES`` (AES-256-GCM) or ``SM4`` (SM4-GCM) for new values; both are always read.
        random: source of nonces.
    """

    def __init__(self, secrets: str, *, algorithm: int = AES, random: Callable[[int], bytes] = os.urandom) -> None:
        parts = [part.strip() for part in secrets.split(",")]
        if any(len(part) < SHORTEST_SECRET for part in parts):
            raise ValueError(
                f"NUANDONG_SECRET_KEY: each key needs {SHORTEST_SECRET} characters or more. Make one with: "
                'python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        self._keys = {key.id: key for key in map(self._key, parts)}
        self._newest = self._key(parts[0])
        self._index_key = _derive(parts[-1], "blind index")
        self._signing_key = _derive(parts[0], "signatures")
        self._archive_keys = tuple(_derive(part, "archive signature ed25519") for part in parts)
        self._algorithm = algorithm
        self._random = random

    @staticmethod
    def _key(secret: str) -> _Key:
        aes = _derive(secret, "seal aes-256-gcm")
        return _Key(hashlib.sha256(aes).digest()[:4], AESGCM(aes), _derive(secret, "seal sm4-gcm", 16))

    def seal(self, label: str, plain: bytes) -> bytes:
        """Encrypt ``plain`` for the field ``label``."""
        nonce, key = self._random(12), self._newest
        head = bytes([self._algorithm]) + key.id + nonce
        if self._algorithm == AES:
            return head + key.aes.encrypt(nonce, plain, label.encode())
        encryptor = Cipher(algorithms.SM4(key.sm4), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(label.encode())
        return head + encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def open(self, label: str, sealed: bytes) -> bytes:
        """Decrypt what :meth:`seal` made for the same ``label``.

        Raises:
            SealError: unknown key, other field, or changed bytes.
        """
        key = self._keys.get(sealed[1:5])
        if key is None:
            raise SealError(f"{label}: sealed with a key that NUANDONG_SECRET_KEY does not hold")
        nonce, body = sealed[5:17], sealed[17:]
        try:
            if sealed[0] == AES:
                return key.aes.decrypt(nonce, body, label.encode())
            if sealed[0] != SM4:
                raise SealError(f"{label}: sealed in a way that this release does not know")
            decryptor = Cipher(algorithms.SM4(key.sm4), modes.GCM(nonce, body[-16:])).decryptor()
            decryptor.authenticate_additional_data(label.encode())
            return decryptor.update(body[:-16]) + decryptor.finalize()
        except (InvalidTag, IndexError) as error:
            raise SealError(f"{label}: the sealed value was changed or belongs to another field") from error

    def blind_index(self, label: str, plain: str) -> bytes:
        """A keyed fingerprint that finds equal values of a field without opening them."""
        return hmac.digest(self._index_key, f"{label}\0{plain}".encode(), "sha256")

    def sign(self, use: str, payload: bytes) -> bytes:
        """A keyed signature over ``payload`` for one ``use`` (cookies, form tokens)."""
        return hmac.digest(self._signing_key, use.encode() + b"\0" + payload, "sha256")

    def archive_keys(self) -> tuple[Ed25519PrivateKey, ...]:
        """The keys that sign archives, one of each secret, the newest first. Whoever has the public half checks an
        archive; only whoever has the secret makes one."""
        return tuple(map(Ed25519PrivateKey.from_private_bytes, self._archive_keys))


_bound: Keyring | None = None


def bind(keyring: Keyring) -> None:
    """Give the sealed column types their keys; called once, by the composition root."""
    global _bound  # noqa: PLW0603 - column types have no other way to be handed anything
    _bound = keyring


def keyring() -> Keyring:
    """The keyring in force.

    Raises:
        RuntimeError: nothing was bound, so nothing personal may be stored.
    """
    if _bound is None:
        raise RuntimeError("no keyring bound: call store.cipher.bind(Keyring(...)) first")
    return _bound
