"""What is wrong with a scheme's content, before it decides about money and people: everything at once. Pure."""

import re
from collections.abc import Iterator, Mapping

from intake.codes import CATEGORIES, DISASTERS, FAMILIES, TIERS
from intake.scheme import groups
from intake.scheme.bank_faults import bank_faults
from intake.scheme.content import SchemeContent
from intake.scheme.day_faults import day_faults
from intake.scheme.fault import LONGEST_PHONE, LONGEST_TEXT, Fault, unknown, whole
from intake.scheme.money_faults import money_faults
from intake.scheme.parts import BANK_CARD, PAYMENT_FORMS

_SEASON = re.compile(r"([0-9]{4})-([0-9]{4})")
MOST_PRESENT = 10_000
LONGEST_COLUMN, MOST_COLUMNS = 30, 12
"""Characters of a heading that the county adds to the statistics, and how many it adds."""


def years(season: str) -> tuple[int, int] | None:
    """The two years of a season, or None where it is none."""
    found = _SEASON.fullmatch(season)
    if found is None or int(found[2]) != int(found[1]) + 1:
        return None
    return int(found[1]), int(found[2])


def faults(season: str, content: SchemeContent) -> Iterator[Fault]:
    """Everything that is wrong, each with what is right; nothing where the scheme can be used."""
    if years(season) is None:
        yield Fault("season", "season", {"given": season})
    yield from _texts(content)
    yield from money_faults(content)
    yield from _numbers(content)
    yield from _codes(content)
    yield from _groups(content)
    yield from _columns(content)
    yield from bank_faults(content)
    yield from day_faults(years(season), content)


def _texts(content: SchemeContent) -> Iterator[Fault]:
    for name, text in (("title", content.title), ("document", content.document)):
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            yield Fault(name, "text", {"given": text, "longest": LONGEST_TEXT})
    for name, phone in (("hotline", content.hotline), ("contact_phone", content.contact_phone)):
        if not isinstance(phone, str) or not phone.strip() or len(phone) > LONGEST_PHONE:
            yield Fault(name, "phone", {"given": phone, "longest": LONGEST_PHONE})


def _numbers(content: SchemeContent) -> Iterator[Fault]:
    if not whole(content.equal_shares_from, 2, MOST_PRESENT):
        yield Fault("equal_shares_from", "equal_shares", {"given": content.equal_shares_from})
    if not isinstance(content.notice_amounts, bool):
        yield Fault("notice_amounts", "yes_no", {"given": content.notice_amounts})
    quorum = content.quorum
    for name, number, most in (("present", quorum.present, MOST_PRESENT), ("share_percent", quorum.share_percent, 100)):
        if not whole(number, 0, most):
            yield Fault(f"quorum.{name}", "quorum", {"given": number, "most": most})


def _codes(content: SchemeContent) -> Iterator[Fault]:
    if not isinstance(content.families, Mapping):
        yield Fault("families", "object", {"given": content.families})
        return
    hit = [code for codes in content.affected.values() for code in codes]
    for name, codes, known in (
        ("tiers", content.tiers if isinstance(content.tiers, Mapping) else (), TIERS),
        ("affected", hit, DISASTERS),
        ("families", content.families, CATEGORIES),
        ("families", content.families.values(), FAMILIES),
        ("simplified", content.simplified, CATEGORIES),
        ("payment_forms", content.payment_forms, PAYMENT_FORMS),
    ):
        fault = unknown(name, codes, known)
        if fault is not None:
            yield fault
    if BANK_CARD not in content.payment_forms:
        yield Fault("payment_forms", "no_card")


def _columns(content: SchemeContent) -> Iterator[Fault]:
    """The county's own headings of the statistics."""
    named = content.statistics_columns
    for place, name in enumerate(named):
        good = isinstance(name, str) and name.strip() and len(name) <= LONGEST_COLUMN
        if not good or place >= MOST_COLUMNS or name in named[:place]:
            params = {"given": name, "most": MOST_COLUMNS, "longest": LONGEST_COLUMN}
            yield Fault("statistics_columns", "column", params)
            return


def _groups(content: SchemeContent) -> Iterator[Fault]:
    for village, names in content.groups.items():
        if not content.disasters_of(village):
            yield Fault(f"groups.{village}", "group_not_hit", {"village": village})
        for name in names:
            if not isinstance(name, str) or not name.strip() or len(name) > groups.LONGEST:
                params = {"village": village, "given": name, "longest": groups.LONGEST}
                yield Fault(f"groups.{village}", "group", params)
