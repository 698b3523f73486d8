"""The messy answers of ``messy.toml``, and what the product makes of each."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.answers.bank_card import BankCard
from bot.answers.base import Answer, Given, Miss, Several, Value
from bot.answers.consent import Consent
from bot.answers.count import Count, answered
from bot.answers.day import Day
from bot.answers.group import Group
from bot.answers.id_number import IdNumberAnswer
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.photos import Photos
from bot.answers.place import Place
from bot.answers.reference import Reference
from bot.answers.yes import Yes
from bot.flows.form1 import CATEGORIES_ANSWER, of_the_season, season_first
from bot.inbound import Input, Kind
from intake import divisions
from intake.codes import FAMILIES, RELIEFS
from intake.discovery_codes import SITUATIONS
from intake.nominations import AGREEMENTS, HINDRANCES, RELATIONS
from intake.places import Places
from intake.report_codes import KINDS, LEVELS
from intake.visit_codes import FINDINGS, GROUPS, HELP
from locales import HOME, texts

HERE = Path(__file__).parent
DIVISIONS = HERE.parent / "intake" / "data" / "pilot_divisions.tsv"
COUNTY = "410324"
ANSWERS: Mapping[str, Answer] = {
    "consent": Consent(),
    "yes": Yes(),
    "count": Count(1, 30),
    "need": Count(1, answered("household_size", 30), over="apply.persons_in_need.over", whole=True),
    "name": Name(),
    "id_number": IdNumberAnswer(),
    "phone": Phone(),
    "place": Place(),
    "group": Group(),
    "disasters": Many(season_first, "disaster", every=of_the_season),
    "reliefs": Many(RELIEFS, "relief"),
    "family": One(FAMILIES, "family"),
    "categories": CATEGORIES_ANSWER,
    "relation": One(RELATIONS, "nominate.relation"),
    "hindrance": One(HINDRANCES, "nominate.hindrance"),
    "agreement": One(AGREEMENTS, "nominate.agreement"),
    "report_kind": One(KINDS, "irregularity"),
    "report_level": One(LEVELS, "accused"),
    **{field: One(codes, f"visit.{field}") for field, codes in FINDINGS.items()},
    "help": Many(HELP, "service", none_code="none"),
    "groups": Many(GROUPS, "visit.group", none_code="none"),
    "situations": Many(SITUATIONS, "situation"),
    "urgent": One(("yes", "no"), "urgency"),
    "day": Day(),
    "bank_card": BankCard(),
    "reference": Reference(),
    "photos": Photos(),
    "no_photos": Photos(),
}


class Judged(StrEnum):
    """What became of one messy answer."""

    UNDERSTOOD = "understood"
    ASKED_AGAIN = "asked again"
    """It means something and was not understood: the person got help and tries once more."""
    REFUSED = "refused with help"
    MISUNDERSTOOD = "misunderstood"
    """Taken for something that it does not mean. Never."""


@dataclass(frozen=True, slots=True)
class Messy:
    """One answer of the corpus. ``means`` is the value; ``offered`` says that it is asked back; ``refused`` is the
    reason why nobody could write it down, or nothing."""

    kind: str
    language: str
    text: str
    means: Any = None
    offered: bool = False
    refused: str = ""


def corpus() -> list[Messy]:
    """All answers of ``messy.toml``."""
    return list(_read(tomllib.loads((HERE / "messy.toml").read_text("utf-8"))))


def _read(body: Mapping[str, Any]) -> Iterator[Messy]:
    for asked in body["asked"]:
        kind, language = asked["kind"], asked.get("language", HOME)
        for text, means in asked["means"]:
            offered = isinstance(means, str) and means.startswith("~")
            yield Messy(kind, language, text, means[1:] if offered else means, offered)
        for text, reason in asked["refused"]:
            yield Messy(kind, language, text, refused=reason)


def world() -> Given:
    """栾川 on Sunday, 20 November 2022, as the engine hands it to an answer."""
    with DIVISIONS.open(encoding="utf-8") as lines:
        rows = [row for row in divisions.read(lines) if row.code.startswith(COUNTY)]
    return Given(
        texts=texts(),
        today=date(2022, 11, 20),
        places=Places(rows),
        answers={"household_size": 5},
        disasters=("hail", "drought", "frost"),
        hotline="66789599",
        person="66789599",
    )


def judge(messy: Messy, given: Given) -> tuple[Judged, str]:
    """What became of an answer, and what the product made of it in words."""
    given = replace(given, texts=texts(messy.language), collected=("5", "6") if messy.kind == "photos" else ())
    parsed = ANSWERS[messy.kind].parse(given, Input(Kind.TEXT, messy.text))
    match parsed:
        case Value(value):
            right = not messy.refused and not messy.offered and value == messy.means
            return Judged.UNDERSTOOD if right else Judged.MISUNDERSTOOD, repr(value)
        case Several(_, options):
            if messy.refused:
                return Judged.REFUSED, "offered"
            found = messy.means in [code for code, _ in options]
            return Judged.UNDERSTOOD if found else Judged.ASKED_AGAIN, f"offers {len(options)}"
        case Miss(key, params):
            reason = key.rpartition(".")[2]
            if not given.texts(key, **params):
                return Judged.MISUNDERSTOOD, "no help"
            if not messy.refused:
                return Judged.ASKED_AGAIN, reason
            return Judged.REFUSED, reason
    return Judged.ASKED_AGAIN, "more"
