"""What is wrong with a scheme's content, before it decides about money and people. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intake.codes import CATEGORIES, DISASTERS, FAMILIES, TIERS
from intake.scheme import SchemeContent

LONGEST_PHONE = 32
"""Characters of a telephone number, as notices and messages keep it."""

_SEASON = re.compile(r"([0-9]{4})-([0-9]{4})")


def faults(season: str, content: SchemeContent) -> Iterator[str]:
    """Everything that is wrong, each with what is right; nothing where the scheme can be used."""
    found = _SEASON.fullmatch(season)
    if found is None or int(found[2]) != int(found[1]) + 1:
        yield f"season is {season!r}; write its two years, e.g. 2022-2023"
    yield from _texts(content)
    yield from _numbers(content)
    yield from _codes(content)
    if content.closes_on < content.opens_on:
        yield "closes_on must not lie before opens_on"


def _texts(content: SchemeContent) -> Iterator[str]:
    for name, text in (("title", content.title), ("document", content.document)):
        if not isinstance(text, str) or not text.strip():
            yield f"{name} is {text!r}; write it in words"
    for name, phone in (("hotline", content.hotline), ("contact_phone", content.contact_phone)):
        if not isinstance(phone, str) or not phone.strip() or len(phone) > LONGEST_PHONE:
            yield f"{name} is {phone!r}; write a telephone number of at most {LONGEST_PHONE} characters, e.g. 66789599"


def _numbers(content: SchemeContent) -> Iterator[str]:
    if not isinstance(content.tiers, Mapping) or not content.tiers:
        yield f"tiers names none; write some of {_list(TIERS)} with their fen a person, e.g. 10000"
        return
    lowest, highest = content.per_person_floor_fen, content.per_person_cap_fen
    money = {
        "per_person_floor_fen": lowest,
        "per_person_cap_fen": highest,
        "household_cap_fen": content.household_cap_fen,
        **{f"tiers.{tier}": fen for tier, fen in content.tiers.items()},
    }
    wrong = [name for name, fen in money.items() if not _whole(fen, 0)]
    yield from (f"{name} is {money[name]!r}; write whole fen, e.g. 10000 for 100 yuan" for name in wrong)
    if not wrong and (outside := [tier for tier, fen in content.tiers.items() if not lowest <= fen <= highest]):
        yield f"tiers must lie between {lowest} and {highest} fen a person (L4): {_list(outside)}"
    if not _whole(content.notice_days, 1):
        yield f"notice_days is {content.notice_days!r}; write whole days from 1, e.g. 5"
    if not _whole(content.appeal_days, 1):
        yield f"appeal_days is {content.appeal_days!r}; write whole days from 1, e.g. 15"
    if not _whole(content.equal_shares_from, 2):
        yield f"equal_shares_from is {content.equal_shares_from!r}; write whole households from 2, e.g. 5"
    if not isinstance(content.notice_amounts, bool):
        yield f"notice_amounts is {content.notice_amounts!r}; write true or false"


def _codes(content: SchemeContent) -> Iterator[str]:
    if not isinstance(content.families, Mapping):
        yield f"families is {content.families!r}; write a family type for each category"
        return
    hit = (code for codes in content.affected.values() for code in codes)
    for name, codes, known in (
        ("tiers", content.tiers, TIERS),
        ("affected", hit, DISASTERS),
        ("families", content.families, CATEGORIES),
        ("families", content.families.values(), FAMILIES),
    ):
        if unknown := _unknown(codes, known):
            yield f"{name} names {_list(unknown)}; known are {_list(known)}"


def _whole(number: Any, least: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= least


def _unknown(codes: Iterable[Any], known: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(str(code) for code in codes if code not in known))


def _list(codes: Iterable[str]) -> str:
    return ", ".join(codes)
