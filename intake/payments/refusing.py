"""How what is done with payment lists is refused as a whole."""

from intake.moves import RefusedError
from intake.rules import Refusal


def refused(rule: str, key: str, **params: object) -> RefusedError:
    """A refusal of a whole page, its text ``refusal.pay.<key>``."""
    return RefusedError({0: Refusal(rule, f"refusal.pay.{key}", params)})
