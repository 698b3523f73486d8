"""One thing that is wrong with a scheme, in English for the operator's file; the console has its own words
(``admin.scheme.wrong.<what>``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_TEXT = 200
"""Characters of a title or a document's number."""
LONGEST_PHONE = 32
"""Characters of a telephone number, as notices and messages keep it."""

SAID: Mapping[str, str] = {
    "season": "season is {given!r}; write its two years, e.g. 2022-2023",
    "text": "{name} is {given!r}; write it in words, at most {longest} characters",
    "phone": "{name} is {given!r}; write a telephone number of at most {longest} characters, e.g. 66789599",
    "closes_before_opens": "closes_on must not lie before opens_on",
    "no_tiers": "tiers names none; write some of {known} with their fen a person, e.g. 10000",
    "fen": "{name} is {given!r}; write whole fen, e.g. 10000 for 100 yuan",
    "tier_outside": "tiers must lie between {low_fen} and {high_fen} fen a person (L4): {codes}",
    "tier_order": "tiers must grow with the need, e.g. 10000, 20000, 30000 (L4): {codes}",
    "floor_over_cap": "per_person_floor_fen must not lie above per_person_cap_fen",
    "household_under_floor": "household_cap_fen must not lie below per_person_floor_fen",
    "raise_under_cap": "raises.household_cap_fen is {given!r}; write more than household_cap_fen, or null for no limit",
    "notice_days": "notice_days is {given!r}; write whole days from 1 to {most}, e.g. 5",
    "appeal_days": "appeal_days is {given!r}; write whole days from 1 to {most}, e.g. 15",
    "notice_kind": "notice_kind is {given!r}; write calendar or working",
    "equal_shares": "equal_shares_from is {given!r}; write whole households from 2, e.g. 5",
    "yes_no": "{name} is {given!r}; write true or false",
    "object": "{name} is {given!r}; write a family type for each category",
    "codes": "{name} names {codes}; known are {known}",
    "no_card": "payment_forms must name bank_card (L2); add cash or goods where the county allows them",
    "quorum": "{name} is {given!r}; write a whole number from 0 to {most}",
    "group": "groups.{village} names {given!r}; write names of at most {longest} characters",
    "group_not_hit": "groups names {village}, which was not hit; name it in affected first (L1)",
    "column": "statistics_columns names {given!r}; write at most {most} different headings of {longest} characters",
    "far_day": "{name} is {given}; write a day of the season's own years, from {first} to {last}",
    "date_order": "{name} must not lie before {before}",
    "after_festival": "pay_before is {given}; all money is out before the Spring Festival, {festival} (L11)",
    "both_days": "days names {codes} as a holiday and as a workday",
    "year": "days.years names {given!r}; write years, e.g. 2027",
    "bank_many": "banks names too many; write at most {most}",
    "bank_code": "{name} is {given!r}; write small letters and digits, another for each bank, e.g. nongxin",
    "bank_text": "{name} is {given!r}; write 1 to {longest} characters",
    "bank_prefix": "{name} names {given!r}; write the first digits of its cards, e.g. 621700",
    "bank_prefix_twice": "{name} names {given!r}, which another bank names too",
    "bank_rest": "{name} names none, nor does another bank; only one may take all the rest",
    "bank_columns": "{name}: every column needs a heading, at most {most} columns",
    "bank_no_amount": "{name} must have a column of card and one of amount_yuan or amount_fen",
    "bank_returned": "{name}: name the columns of card, amount and result, each another",
    "bank_words": "{name} is empty; write the words that the bank uses",
    "bank_word_twice": "{name} names {given!r}, which means paid too",
    "budget": "budget line {line}: {name} is {given!r}; write {right}",
}
"""By what is wrong; ``name`` is the field as the file calls it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the field ``name`` of a scheme (``tiers.ordinary``, ``budget.3.worth_fen``): a key of
    :data:`SAID` and its fields."""

    name: str
    what: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return SAID[self.what].format(**{"name": self.name} | {key: _plain(one) for key, one in self.params.items()})


def _plain(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def whole(number: Any, least: int, most: int | None = None) -> bool:
    """Whether it is a whole number in these bounds; ``true`` is none."""
    if not isinstance(number, int) or isinstance(number, bool):
        return False
    return number >= least and (most is None or number <= most)


def unknown(name: str, codes: Iterable[Any], known: tuple[str, ...]) -> Fault | None:
    """The fault of codes that nobody knows, or None."""
    wrong = tuple(dict.fromkeys(str(code) for code in codes if code not in known))
    return Fault(name, "codes", {"codes": wrong, "known": known}) if wrong else None
