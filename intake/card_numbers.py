"""Card numbers: what one looks like, whether its last digit fits, and how it is shown (L2, G4). Pure."""

SHORTEST, LONGEST = 12, 19
"""How many digits a card has."""
PATTERN = rf"^[0-9]{{{SHORTEST},{LONGEST}}}$"
"""The same as a regular expression, for forms that are checked elsewhere."""


def is_card(card: str) -> bool:
    """Whether it could be a card's number at all."""
    return card.isascii() and card.isdigit() and SHORTEST <= len(card) <= LONGEST


def luhn_holds(card: str) -> bool:
    """Whether a card number's last digit is the check digit that most banks use; old passbooks and accounts of rural
    banks have none, so this is a warning, never a refusal."""
    digits = [int(digit) for digit in reversed(card)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def mask_card(card: str | None) -> str:
    """The last four digits, or nothing where there is no card."""
    return f"**** {card[-4:]}" if card else ""
