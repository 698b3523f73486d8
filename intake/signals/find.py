"""What stands out in a list of households: one card for several, a card in another name, one phone for many. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

MANY = 3
"""Households with one telephone from which it is a signal; an old couple and their son may well share theirs."""


class Kind(StrEnum):
    """What stands out."""

    CARD_SHARED = "card_shared"
    CARD_NAME = "card_name"
    PHONE_MANY = "phone_many"


RULES: Mapping[Kind, str] = {Kind.CARD_SHARED: "G4", Kind.CARD_NAME: "G4", Kind.PHONE_MANY: "L12"}
"""The rule behind each kind."""
BLOCKING = frozenset({Kind.CARD_SHARED, Kind.CARD_NAME})
"""Kinds with which nothing is paid; the others are shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One household as the signals look at it: keyed indexes of its ``card`` and ``phone``, how many households of the
    season have the same, itself among them, and whether the card is known to bear ``another_name`` than the head's."""

    case_id: int
    village: str
    card: bytes | None = None
    with_card: int = 0
    phone: bytes | None = None
    with_phone: int = 0
    another_name: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that stands out. ``case_ids`` and ``villages`` are those that were looked at, in their order;
    ``households`` is how many it is in the whole season, wherever they are."""

    kind: Kind
    households: int
    case_ids: tuple[int, ...]
    villages: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The rule's code."""
        return RULES[self.kind]

    @property
    def blocks(self) -> bool:
        """Whether nothing is paid while it stands."""
        return self.kind in BLOCKING

    @property
    def elsewhere(self) -> int:
        """Households that it is about besides those that were looked at."""
        return self.households - len(self.case_ids)


def find(seen: Iterable[Seen]) -> list[Signal]:
    """All signals of these households: kind by kind, the largest first."""
    cards: dict[bytes, list[Seen]] = defaultdict(list)
    phones: dict[bytes, list[Seen]] = defaultdict(list)
    found = []
    for one in seen:
        if one.card is not None and one.with_card > 1:
            cards[one.card].append(one)
        if one.phone is not None and one.with_phone >= MANY:
            phones[one.phone].append(one)
        if one.another_name:
            found.append(_signal(Kind.CARD_NAME, 1, [one]))
    found += [_signal(Kind.CARD_SHARED, group[0].with_card, group) for group in cards.values()]
    found += [_signal(Kind.PHONE_MANY, group[0].with_phone, group) for group in phones.values()]
    order = list(Kind)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.households, one.case_ids))


def by_case(signals: Iterable[Signal]) -> dict[int, list[Signal]]:
    """The signals of each case."""
    found: dict[int, list[Signal]] = defaultdict(list)
    for signal in signals:
        for case_id in signal.case_ids:
            found[case_id].append(signal)
    return dict(found)


def counted(signals: Iterable[Signal], village: str = "") -> dict[Kind, int]:
    """How many signals of each kind there are, in one village or everywhere; kinds that have none are left out."""
    found: dict[Kind, int] = defaultdict(int)
    for signal in signals:
        if not village or village in signal.villages:
            found[signal.kind] += 1
    return dict(found)


def _signal(kind: Kind, households: int, group: list[Seen]) -> Signal:
    villages = tuple(sorted({one.village for one in group}))
    return Signal(kind, max(households, len(group)), tuple(sorted(one.case_id for one in group)), villages)
