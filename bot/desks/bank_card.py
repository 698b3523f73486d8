"""The card that relief is paid to is given or put right."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks import own
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say
from intake.bank_cards import GIVERS, OVER, give_card, head_of
from intake.card_numbers import luhn_holds
from intake.moves import RefusedError
from intake.reads.own_list import own_list


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@open``: the person's own cases that are not paid yet; ``@official``: they name a household of their area;
    ``@unsure``: the number looks mistyped; ``@cards``: it was typed in two ways; ``@ready``: one number stands;
    ``@head``: whose card it has to be, for checking alone."""
    card, again = answers.get("card"), answers.get("again")
    unsure = bool(card) and not luhn_holds(str(card))
    differs = unsure and bool(again) and again != card
    facts: dict[str, Any] = {"@unsure": unsure}
    facts["@ready"] = bool(card) and (not unsure or again == card or (differs and "which" in answers))
    if differs:
        facts["@cards"] = tuple(
            (code, _spaced(number), _masked(number)) for code, number in (("first", str(card)), ("again", str(again)))
        )
    official = bool(asker.official and asker.official.role in GIVERS)
    async with at.reading() as db:
        if official:
            facts["@official"] = True
        else:
            found = [one for one in await own_list(db, asker.contact_id) if one.state not in OVER]
            facts["@open"] = own.choices(found, given.texts)
        number = str(answers.get("number" if official else "case") or "")
        if number and facts["@ready"]:
            facts["@head"] = await head_of(db, asker.contact_id, asker.official, number)
    return facts


async def take(at: Counter, sent: Sent) -> Told:
    """Keep it; another person's card is refused, and the draft stays for the right one."""
    answers, asker, person = sent.answers, sent.asker, sent.given.person
    number = str(answers.get("case") or answers.get("number", ""))
    if not number:
        return Told((Say("bank_card.nothing", {"person": person}),), then="home")
    card, holder = str(answers[{"again": "again"}.get(answers.get("which", ""), "card")]), str(answers["holder"])
    try:
        async with at.unit() as unit:
            case = await give_card(unit, asker.contact_id, asker.official, number, card, holder)
    except RefusedError as error:
        key = _REFUSED.get(error.only.key, "bank_card.unknown")
        return Told((Say(key, {"person": person}),), done=key not in _AGAIN)
    told = {"number": case.number, "end": card[-4:], "person": person}
    return Told((Say("bank_card.done", told),), made={"number": case.number})


_REFUSED = {
    "refusal.card.over": "bank_card.over",
    "refusal.L10.season_closed": "bank_card.over",
    "refusal.card.not_the_head": "bank_card.not_the_head",
    "refusal.G4.card_shared": "bank_card.shared",
}
_AGAIN = frozenset({"bank_card.not_the_head", "bank_card.shared"})
"""The draft stays for the right name or number."""


def _spaced(card: str) -> str:
    return " ".join(card[at : at + 4] for at in range(0, len(card), 4))


def _masked(card: str) -> str:
    return f"{card[:4]} **** {card[-4:]}"
