"""What is left of a fund, and what a part of its goods is worth. Nothing is lost to rounding: the last piece takes what
is left. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Left:
    """What is left: pieces of goods (0 of money), and their worth in fen."""

    quantity: int = 0
    worth_fen: int = 0

    def __add__(self, other: "Left") -> "Left":
        return Left(self.quantity + other.quantity, self.worth_fen + other.worth_fen)

    def __sub__(self, other: "Left") -> "Left":
        return Left(self.quantity - other.quantity, self.worth_fen - other.worth_fen)

    def worth_of(self, quantity: int) -> int:
        """What ``quantity`` of the pieces that are left are worth, in fen, rounded down; all of them are worth all that
        is left, so that a fund whose goods are gone has not a fen left either.

        Raises:
            ValueError: less than one piece, or more than there are.
        """
        if not 1 <= quantity <= self.quantity:
            raise ValueError("not so many pieces are left")
        return self.worth_fen * quantity // self.quantity
