"""Sealed fields: what is sealed opens again for its own field and key, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cipher import AES, SM4, Keyring, SealError

OLD, NEW = "an old key of thirty-two characters or more", "a new key of thirty-two characters or more"


@given(st.binary(max_size=300), st.sampled_from([AES, SM4]))
def test_what_is_sealed_opens_again(plain: bytes, algorithm: int) -> None:
    keys = Keyring(NEW, algorithm=algorithm)
    assert keys.open("household.phone", keys.seal("household.phone", plain)) == plain


@pytest.mark.parametrize("algorithm", [AES, SM4])
def test_equal_values_are_sealed_differently(algorithm: int) -> None:
    keys = Keyring(NEW, algorithm=algorithm)
    assert keys.seal("a.b", b"same") != keys.seal("a.b", b"same")


@pytest.mark.parametrize("algorithm", [AES, SM4])
def test_a_changed_byte_or_another_field_does_not_open(algorithm: int) -> None:
    keys = Keyring(NEW, algorithm=algorithm)
    sealed = keys.seal("household.phone", b"+8613800001234")
    for place in range(len(sealed)):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        with pytest.raises(SealError):
            keys.open("household.phone", changed)
    with pytest.raises(SealError, match="another field"):
        keys.open("household.id_number", sealed)
    with pytest.raises(SealError):
        keys.open("household.phone", b"")


def test_a_rotated_key_still_opens_what_the_old_one_sealed() -> None:
    before, after = Keyring(OLD), Keyring(f"{NEW},{OLD}")
    sealed = before.seal("a.b", b"value")
    assert after.open("a.b", sealed) == b"value"
    assert after.blind_index("a.b", "410324") == before.blind_index("a.b", "410324")
    with pytest.raises(SealError, match="NUANDONG_SECRET_KEY"):
        before.open("a.b", after.seal("a.b", b"value"))


def test_a_short_key_is_refused_with_a_way_to_make_one() -> None:
    with pytest.raises(ValueError, match="token_urlsafe"):
        Keyring("short")


def test_the_blind_index_differs_by_field_and_key() -> None:
    one, two = Keyring(OLD), Keyring(NEW)
    marks = {keys.blind_index(label, "410324") for keys in (one, two) for label in ("a.b", "a.c")}
    assert len(marks) == 4
