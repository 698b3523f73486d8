"""Money to a household's own card (L2, L8, L10, G4). Pure."""

from intake.card_numbers import is_card
from intake.rules.facts import Facts, Refusal


def was_released(facts: Facts) -> Refusal | None:
    """G4, L12: nothing is paid that two people have not released, nor on a day before they had."""
    if facts.released_on is None:
        return Refusal("G4", "refusal.G4.not_released")
    if facts.paid_on is not None and facts.paid_on < facts.released_on:
        return Refusal("G4", "refusal.G4.before_release", {"released_on": facts.released_on})
    return None


def goes_to_a_card(facts: Facts) -> Refusal | None:
    """L2, G4: money goes to the household's bank card; no cash."""
    digits = facts.bank_card.replace(" ", "")
    if not digits:
        return Refusal("L2", "refusal.L2.no_card")
    if not is_card(digits):
        return Refusal("L2", "refusal.L2.card_digits", {"digits": len(digits)})
    return None


def card_is_their_own(facts: Facts) -> Refusal | None:
    """G4: a household's money goes to its head's own card; no card serves two households, nobody holds others'."""
    if facts.card_others:
        return Refusal("G4", "refusal.G4.card_shared", {"households": facts.card_others})
    if facts.card_another_name:
        return Refusal("G4", "refusal.G4.card_another_name")
    return None


def paid_not_in_future(facts: Facts) -> Refusal | None:
    """L10: the ledger holds what happened, never what will."""
    if facts.paid_on is None or facts.paid_on > facts.today:
        return Refusal("L10", "refusal.L10.paid_in_future")
    return None


def paid_after_the_decision(facts: Facts) -> Refusal | None:
    """L8, G4: nothing is paid before the county has decided."""
    if facts.paid_on is not None and facts.ready_on is not None and facts.paid_on < facts.ready_on:
        return Refusal("L8", "refusal.L8.paid_too_early", {"ready_on": facts.ready_on})
    return None
