"""WeChat's signatures and its AES envelope (安全模式).

Our own sixty lines instead of wechatpy's because this path runs for every message: the key schedule is kept, the
padding is checked, the random comes from the system, and signatures are compared in constant time.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
"""WeChat pads to 32 bytes, not to the cipher's 16."""


class EnvelopeError(ValueError):
    """An encrypted message that is not one of ours."""


def signature(*parts: str) -> str:
    """WeChat's signature: SHA-1 of the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def signed(given: str, *parts: str) -> bool:
    """Whether ``given`` is the signature of ``parts``, compared in constant time."""
    return hmac.compare_digest(signature(*parts).encode(), given.encode(errors="replace"))


class Envelope:
    """Encrypts and decrypts messages of one account."""

    def __init__(self, aes_key: str, app_id: str) -> None:
        """``aes_key`` is the EncodingAESKey, 43 characters.

        Raises:
            ValueError: the key is not 43 characters of base64.
        """
        if len(aes_key) != 43:
            raise ValueError("the WeChat AES key (EncodingAESKey) has 43 characters")
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._app_id = app_id.encode()

    def open(self, sealed: str) -> bytes:
        """The message inside.

        Raises:
            EnvelopeError: not base64, not whole blocks, wrong padding, length or account.
        """
        try:
            decryptor = self._cipher.decryptor()
            plain = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        except ValueError as error:
            raise EnvelopeError from error
        padding = plain[-1] if plain else 0
        if not 1 <= padding <= _BLOCK or len(plain) < 20 + padding:
            raise EnvelopeError
        end = 20 + int.from_bytes(plain[16:20], "big")
        if plain[end : len(plain) - padding] != self._app_id:
            raise EnvelopeError
        return plain[20:end]

    def seal(self, message: bytes) -> str:
        """``message`` encrypted, in base64."""
        plain = secrets.token_bytes(16) + len(message).to_bytes(4, "big") + message + self._app_id
        padding = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()
