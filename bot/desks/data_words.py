"""What is stored of a person, in words: numbers masked, for a telephone is read by whoever holds it."""

from collections.abc import Sequence
from dataclasses import fields

from bot.answers.base import Given
from bot.effects import Say
from intake import id_number, phone
from intake.card_numbers import mask_card
from intake.personal_data import Held
from intake.reads.own_list import OwnCase
from locales.figures import listed


def data_words(cases: Sequence[OwnCase], counts: Held, begun: Sequence[str], given: Given) -> tuple[Say, ...]:
    """The applications, what else was sent in, what was begun; then how it is put right or deleted."""
    t = given.texts
    lines = [_case(one, given) for one in cases]
    if begun:
        names = (t(f"home.{flow}") for flow in begun if t.has(f"home.{flow}"))
        lines.append(t("my_data.seen.drafts", names=listed(t, names)))
    for field in fields(counts):
        if n := getattr(counts, field.name):
            lines.append(t(f"my_data.seen.{field.name}", n=n))
    stored = (Say("my_data.seen", {"lines": "\n".join(lines)}),) if lines else (Say("my_data.seen.nothing"),)
    return (*stored, Say("my_data.seen.change" if cases else "my_data.seen.talk", {"person": given.person}))


def _case(one: OwnCase, given: Given) -> str:
    return given.texts(
        "my_data.seen.case",
        number=one.number,
        head=one.head,
        state=given.texts(f"state.{one.state.value}"),
        id_number=id_number.mask(one.id_number),
        phone=phone.mask(one.phone),
        card=mask_card(one.bank_card) or given.texts("review.empty"),
    )
