"""Identifiers: none twice, however many are made at one instant."""

from datetime import UTC, datetime, timedelta

from store.ids import new_id

NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)


def test_a_whole_county_may_be_filed_at_one_instant() -> None:
    ids = [new_id(NOW) for _ in range(100_000)]
    assert ids == sorted(set(ids))
    assert max(ids) < new_id(NOW + timedelta(milliseconds=1))


def test_numbers_fit_into_63_bits() -> None:
    assert 0 < new_id(datetime(2080, 1, 1, tzinfo=UTC)) < 2**63
