"""To which bank a card goes. Pure."""

from collections.abc import Sequence

from intake.scheme.banks import Bank


def bank_of(card: str, banks: Sequence[Bank]) -> Bank | None:
    """The bank that a card goes to: the longest beginning that fits, else the bank that takes the rest, else None."""
    fitting = [(len(one), bank) for bank in banks for one in bank.prefixes if card.startswith(one)]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    return next((bank for bank in banks if not bank.prefixes), None)
