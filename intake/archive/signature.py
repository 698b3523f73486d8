"""Who made an archive: an Ed25519 signature over its manifest, and the fingerprint by which people know the key."""

import hashlib

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_USE = b"nuandong archive\0"
_GROUPS = 8


def fingerprint(key: Ed25519PublicKey) -> str:
    """What people compare: eight groups of four signs, half of the SHA-256 of the public key."""
    digest = hashlib.sha256(_raw(key)).hexdigest()
    return "-".join(digest[at : at + 4] for at in range(0, _GROUPS * 4, 4))


def plain(typed: str) -> str:
    """A fingerprint as it is compared, however it was typed."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def signed(key: Ed25519PrivateKey, manifest: bytes) -> bytes:
    """The signature's file: the public key and the signature over the manifest's bytes."""
    body = {"key": _raw(key.public_key()).hex(), "signature": key.sign(_USE + manifest).hex()}
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def signer(manifest: bytes, file: bytes) -> str:
    """The fingerprint of the key that signed the manifest.

    Raises:
        ValueError: the signature does not fit, or there is none.
    """
    try:
        body = orjson.loads(file)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(body["key"]))
        key.verify(bytes.fromhex(body["signature"]), _USE + manifest)
    except InvalidSignature as error:
        raise ValueError("the signature does not fit the manifest") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("the signature cannot be read") from error
    return fingerprint(key)


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
