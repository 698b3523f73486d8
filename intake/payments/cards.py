"""Card numbers: what one looks like, and to which bank it goes. Pure."""

from collections.abc import Sequence

from intake.scheme.banks import Bank

DIGITS = range(12, 20)
"""How many digits a card has (L2)."""


def luhn_holds(card: str) -> bool:
    """Whether a card number's last digit fits; old passbooks have none, so this is a warning, never a refusal."""
    digits = [int(digit) for digit in reversed(card)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_card(card: str) -> bool:
    """Whether it could be a card's number at all (L2)."""
    return card.isascii() and card.isdigit() and len(card) in DIGITS


def masked(card: str) -> str:
    """The first four and the last four digits."""
    return f"{card[:4]} **** {card[-4:]}" if len(card) > 8 else "****"


def bank_of(card: str, banks: Sequence[Bank]) -> Bank | None:
    """The bank that a card goes to: the longest beginning that fits, else the bank that takes the rest, else None."""
    fitting = [(len(one), bank) for bank in banks for one in bank.prefixes if card.startswith(one)]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    return next((bank for bank in banks if not bank.prefixes), None)
