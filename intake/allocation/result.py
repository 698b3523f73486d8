"""What the helper proposes, and where the money does not reach, which rule says so and how much is missing."""

from dataclasses import dataclass

from intake.allocation.goods import Handed
from intake.allocation.household import Household
from intake.allocation.score import Score
from intake.allocation.spend import Limit
from intake.rules import Refusal


@dataclass(frozen=True, slots=True)
class Proposal:
    """One household's part; money in fen. ``limit`` is why it does not stand one tier higher, ``capped`` whether the
    household cap lowered the amount (L4)."""

    household: Household
    score: Score
    tier: str
    amount_fen: int
    per_person_fen: int
    capped: bool
    limit: Limit


@dataclass(frozen=True, slots=True)
class Shortage:
    """Money that cannot be shared out as the rules have it: ``refusal`` says which rule and how much is missing.
    ``township`` is whose money it is (L9), empty where all have one; ``villages`` are those that it is about."""

    township: str
    refusal: Refusal
    missing_fen: int
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Purse:
    """One amount of money and what became of it, in fen; ``township`` is empty where all have one. ``least_fen`` is the
    least that its households must get, settled ones with what they have; ``most_fen`` what the highest tier for all
    would cost."""

    township: str
    given_fen: int
    spent_fen: int
    least_fen: int
    most_fen: int

    @property
    def left_fen(self) -> int:
        """What is left over."""
        return self.given_fen - self.spent_fen


@dataclass(frozen=True, slots=True)
class Need:
    """A township's least and most (see :class:`Purse`), its households and persons in need."""

    township: str
    households: int
    persons: int
    least_fen: int
    most_fen: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The proposals in the order of need by village; none for a purse with a shortage. ``apart`` are households that no
    tier fits, with why: their meeting has to raise them (L5)."""

    proposals: tuple[Proposal, ...]
    purses: tuple[Purse, ...]
    needs: tuple[Need, ...]
    shortages: tuple[Shortage, ...]
    apart: tuple[tuple[Household, Refusal], ...]
    goods: Handed

    @property
    def is_whole(self) -> bool:
        """Whether there is something for everybody."""
        return not self.shortages
