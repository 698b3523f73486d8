"""The person's own cases, as they are offered to pick from."""

from collections.abc import Iterable

from intake.reads.own_list import OwnCase
from locales import Texts


def choices(cases: Iterable[OwnCase], texts: Texts) -> tuple[tuple[str, str], ...]:
    """(number, label) of each: whose it is, and where it stands."""
    return tuple((one.number, label(one, texts)) for one in cases)


def label(one: OwnCase, texts: Texts) -> str:
    """One of them in a line."""
    return texts("own.case", head=one.head, number=one.number, state=texts(f"state.{one.state.value}"))
