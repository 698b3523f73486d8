"""The rules of the seeds as pure functions: each guard looks at the facts and says why not, naming its rule."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from intake.scheme import SchemeContent
from intake.workdays import CALENDAR, NOTHING_SAID, DayTable, UnknownYearError, after
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done: the rule's code and a catalog key with its fields (money in fen under names
    that end in ``_fen``)."""

    rule: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an actor says of one case: each action needs its own part of it. Money is in fen. ``why`` is a code."""

    reason: str = ""
    why: str = ""
    votes_for: int = 0
    votes_against: int = 0
    present: int = 0
    tier: str | None = None
    amount_fen: int | None = None
    statement: str = ""
    notice_closes_at: datetime | None = None
    bank_card: str = ""
    paid_on: date | None = None
    held_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Words):
    """What guards may look at: one case, the scheme in force, who acts, and what they say. ``ready_on`` is the day on
    which the case came to where it stands; ``acted`` are those who decided in this revision, ``relatives`` those who
    declared that they are relatives. ``card_others`` is how many other households of the season have the card,
    ``card_another_name`` whether it is known to bear another name than the head's. ``citizen`` is the contact of
    someone who acts and is no official, ``applicant`` the contact that applied. ``released_on`` is the day on which a
    second person released the payment list on which the case waits."""

    now: datetime
    today: date
    scheme: SchemeContent
    village: str
    disasters: tuple[str, ...]
    persons_in_need: int
    group: str = ""
    categories: tuple[str, ...] = ()
    actor: int | None = None
    acted: frozenset[int] = frozenset()
    nominator: int | None = None
    relatives: frozenset[int] = frozenset()
    citizen: int | None = None
    applicant: int | None = None
    ready_on: date | None = None
    released_on: date | None = None
    season_closed: bool = False
    card_others: int = 0
    card_another_name: bool = False


def was_hit(facts: Facts) -> Refusal | None:
    """L1: only those hit by this season's disasters; villages and groups that were not hit are out."""
    hit = facts.scheme.disasters_of(facts.village)
    if not hit:
        return Refusal("L1", "refusal.L1.village_not_hit")
    if facts.scheme.group_was_hit(facts.village, facts.group) is False:
        return Refusal("L1", "refusal.L1.group_not_hit", {"group": facts.group})
    if not set(hit) & set(facts.disasters):
        return Refusal("L1", "refusal.L1.other_disaster", {"disasters": hit})
    return None


def may_go_simplified(facts: Facts) -> Refusal | None:
    """X5: only a household of a category that the scheme names may be passed without a vote."""
    named = facts.scheme.simplified
    if not named:
        return Refusal("X5", "refusal.X5.nobody")
    if not set(named) & set(facts.categories):
        return Refusal("X5", "refusal.X5.other_category", {"categories": named})
    return None


def votes_carry(facts: Facts) -> Refusal | None:
    """L7: a household passes when more of those present are for it than against."""
    if facts.votes_for + facts.votes_against > facts.present:
        return Refusal("L7", "refusal.L7.more_votes_than_people", {"present": facts.present})
    if facts.votes_for <= facts.votes_against:
        return Refusal("L7", "refusal.L7.not_carried")
    return None


def votes_do_not_carry(facts: Facts) -> Refusal | None:
    """L7, L12: a meeting that was for a household is never recorded as against it; without a vote it may refuse."""
    if facts.votes_for + facts.votes_against > facts.present:
        return Refusal("L7", "refusal.L7.more_votes_than_people", {"present": facts.present})
    if facts.votes_for > facts.votes_against:
        return Refusal("L7", "refusal.L7.carried")
    return None


def met_after_the_step_before(facts: Facts) -> Refusal | None:
    """L8: a meeting reviews what lies before it; one from before the application, or from before the first pass was
    decided, did not."""
    if facts.held_on is not None and facts.ready_on is not None and facts.held_on < facts.ready_on:
        return Refusal("L8", "refusal.L8.met_too_early", {"ready_on": facts.ready_on})
    return None


SHORTEST_REASON = 2
"""Characters; applicants must write as many."""


def gives_reason(facts: Facts) -> Refusal | None:
    """L8: whoever is refused, cut or sent back is told why, in words."""
    return None if len(facts.reason.strip()) >= SHORTEST_REASON else Refusal("L8", "refusal.L8.no_reason")


def acts_once(facts: Facts) -> Refusal | None:
    """L12: one person decides a case once, whatever the level."""
    return Refusal("L12", "refusal.L12.acted_before") if facts.actor in facts.acted else None


def is_the_applicant(facts: Facts) -> Refusal | None:
    """L8: an application is withdrawn by the contact that sent it. Others are not even told that there is one."""
    if facts.citizen is None or facts.citizen != facts.applicant:
        return Refusal("L8", "refusal.unknown_case")
    return None


def is_theirs(facts: Facts) -> Refusal | None:
    """L8: a citizen completes and appeals what they applied for; an official writes down what somebody says."""
    return is_the_applicant(facts) if facts.citizen is not None else None


def appeals_in_time(facts: Facts) -> Refusal | None:
    """G5: whoever was refused may say so once, within the days of the scheme; later the county may still reopen."""
    if facts.ready_on is None or facts.today > facts.ready_on + timedelta(days=facts.scheme.appeal_days):
        return Refusal("G5", "refusal.G5.appeal_over", {"days": facts.scheme.appeal_days})
    return None


def is_not_the_nominator(facts: Facts) -> Refusal | None:
    """L12: nobody decides on a case that they nominated."""
    if facts.nominator is not None and facts.nominator == facts.actor:
        return Refusal("L12", "refusal.L12.nominated")
    return None


def is_not_a_relative(facts: Facts) -> Refusal | None:
    """L12: whoever declared that the household is a relative's does not decide on it."""
    return Refusal("L12", "refusal.L12.relative") if facts.actor in facts.relatives else None


def tier_amount_fen(scheme: SchemeContent, tier: str, persons: int) -> int:
    """L4: the tier's amount per person in need, times the persons, at most the household cap; in fen."""
    return min(scheme.tiers[tier] * persons, scheme.household_cap_fen)


def amount_within_bounds(facts: Facts) -> Refusal | None:
    """L4, L5, L6: the amount is the tier's, not under the floor, and above it only with the person's statement."""
    scheme, persons = facts.scheme, facts.persons_in_need
    if facts.tier is None or facts.tier not in scheme.tiers:
        return Refusal("L4", "refusal.L4.no_tier")
    if facts.amount_fen is None:
        return Refusal("L4", "refusal.L4.no_amount")
    usual = tier_amount_fen(scheme, facts.tier, persons)
    floor_fen = scheme.per_person_floor_fen
    if facts.amount_fen < floor_fen * persons:
        return Refusal("L6", "refusal.L6.under_floor", {"floor_fen": floor_fen, "least_fen": floor_fen * persons})
    if facts.amount_fen > usual and facts.tier != max(scheme.tiers, key=scheme.tiers.__getitem__):
        return Refusal("L5", "refusal.L5.not_special", {"usual_fen": usual})
    if facts.amount_fen > usual and (refused := _raise_refused(facts.amount_fen, scheme)):
        return refused
    if facts.amount_fen > usual and not facts.statement.strip():
        if facts.amount_fen > scheme.household_cap_fen:
            return Refusal("L4", "refusal.L4.over_household_cap", {"cap_fen": scheme.household_cap_fen})
        return Refusal("L4", "refusal.L4.over_tier", {"usual_fen": usual})
    if facts.amount_fen < usual:
        return Refusal("L4", "refusal.L4.under_tier", {"usual_fen": usual})
    return None


def _raise_refused(amount_fen: int, scheme: SchemeContent) -> Refusal | None:
    """L5: whether the scheme lets a specially hard-hit household have more at all, and how much."""
    if not scheme.raises.allowed:
        return Refusal("L5", "refusal.L5.no_raise")
    cap_fen = scheme.raises.household_cap_fen
    if cap_fen is not None and amount_fen > cap_fen:
        return Refusal("L5", "refusal.L5.over_raise", {"cap_fen": cap_fen})
    return None


def enough_present(scheme: SchemeContent, present: int, called: int | None) -> Refusal | None:
    """L7: a meeting decides when as many are there as the scheme asks for: a number, a share of those ``called``."""
    least, share = scheme.quorum.present, scheme.quorum.share_percent
    if present < least:
        return Refusal("L7", "refusal.L7.too_few", {"present": present, "least": least})
    if share and not called:
        return Refusal("L7", "refusal.L7.nobody_called", {"share": share})
    if called is not None and present > called:
        return Refusal("L7", "refusal.L7.more_present_than_called", {"present": present, "called": called})
    if share and called and present * 100 < called * share:
        least = -(-called * share // 100)
        return Refusal("L7", "refusal.L7.too_small_a_share", {"share": share, "called": called, "least": least})
    return None


@dataclass(frozen=True, slots=True)
class Share:
    """One household's part of a list; money in fen. ``place`` is the part of the area it lives in: the natural group
    in a village's list, the village in a township's; empty where nobody wrote it down."""

    persons: int
    amount_fen: int
    place: str = ""


LEAST_PLACES, LEAST_IN_PLACE = 3, 3
"""Places with one total from which that is no chance, and households of a place from which its sameness is none."""


def equal_shares(shares: Iterable[Share], scheme: SchemeContent) -> Refusal | None:
    """L6: a list in which all get the same per person, or the same per household, is an equal share-out; so is one
    that was shared out by area (:func:`equal_by_area`).

    Lists shorter than ``scheme.equal_shares_from`` households are not judged.
    """
    listed = list(shares)
    if len(listed) < scheme.equal_shares_from:
        return None
    if len(Counter(share.amount_fen for share in listed)) == 1:
        return Refusal("L6", "refusal.L6.equal_per_household", {"households": len(listed)})
    if _same_per_person(listed):
        return Refusal("L6", "refusal.L6.equal_per_person", {"households": len(listed)})
    return equal_by_area(listed, scheme)


def equal_by_area(shares: Iterable[Share], scheme: SchemeContent) -> Refusal | None:
    """L6: money that follows where a household lives, not how hard it was hit, was shared out by area.

    The plan forbids 按照受灾面积平均分配. In the reports of disasters that area is land that was hit. Nobody's land is
    in this product: form 1 does not ask for it, and a figure that only the village could type, and only against itself,
    would guard nothing. What the area leaves behind in a list can be seen without it, in what is known of everybody:

    - each place has a pot of its own, and all the pots are the same (three places or more: two may be so by chance);
    - each place has a rate of its own, and within it all get the same per person, or the same per household (two places
      or more, three households or more in each).

    Lists in which somebody's place is not known, and those shorter than ``scheme.equal_shares_from``, are not judged.
    Amounts that were made in the measure of the land alone cannot pass either: each is its tier's for the persons in
    need (:func:`amount_within_bounds`).
    """
    places: dict[str, list[Share]] = {}
    for share in shares:
        places.setdefault(share.place, []).append(share)
    if "" in places or len(places) < 2 or sum(map(len, places.values())) < scheme.equal_shares_from:
        return None
    totals = {sum(share.amount_fen for share in listed) for listed in places.values()}
    if len(places) >= LEAST_PLACES and len(totals) == 1:
        return Refusal("L6", "refusal.L6.equal_per_area", {"places": len(places), "total_fen": totals.pop()})
    if min(map(len, places.values())) >= LEAST_IN_PLACE and all(map(_same_inside, places.values())):
        return Refusal("L6", "refusal.L6.equal_within_area", {"places": len(places)})
    return None


def _same_per_person(listed: list[Share]) -> bool:
    return len({(share.amount_fen * 10_000) // share.persons for share in listed}) == 1


def _same_inside(listed: list[Share]) -> bool:
    return len({share.amount_fen for share in listed}) == 1 or _same_per_person(listed)


def notice_end(opens_at: datetime, days: int, kind: str = CALENDAR, table: DayTable = NOTHING_SAID) -> datetime:
    """L8: a notice hangs for ``days`` full days of a ``kind`` and ends at the hour at which it was opened.

    Raises:
        UnknownYearError: working days of a year that neither the library nor the county's ``table`` knows.
    """
    first = china_date(opens_at)
    return opens_at + (after(first, days, kind, table) - first)


def notice_end_of(scheme: SchemeContent, opens_at: datetime) -> datetime | Refusal:
    """L8: when a notice that is opened now ends by the scheme; where its days are not known, that the county has to
    fill them in."""
    try:
        return notice_end(opens_at, scheme.notice_days, scheme.notice_kind, scheme.days)
    except UnknownYearError as error:
        return Refusal("L8", "refusal.L8.days_not_known", {"year": error.year})


def notice_is_running(facts: Facts) -> Refusal | None:
    """L8: objections are taken up to the last minute of the notice, not after."""
    if facts.notice_closes_at is None or facts.now >= facts.notice_closes_at:
        return Refusal("L8", "refusal.L8.notice_over")
    return None


def notice_days_are_over(facts: Facts) -> Refusal | None:
    """L8: nobody is proposed before the notice has hung its full days."""
    if facts.notice_closes_at is None or facts.now < facts.notice_closes_at:
        return Refusal("L8", "refusal.L8.notice_running")
    return None


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
    if not (digits.isascii() and digits.isdigit() and 12 <= len(digits) <= 19):
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


PUBLIC_FACTS = frozenset({"head", "persons", "reliefs", "amount_fen"})
"""All that a line of a notice may hold (L8); the complaint telephone stands on the notice itself."""


def notice_line(head: str, persons: int, reliefs: list[str], amount_fen: int | None) -> dict[str, Any]:
    """L8: one household's line on a notice: head, persons helped, kind of relief, and in the second pass the amount
    where the scheme says so. Never ID number, card, phone, address or illness."""
    line: dict[str, Any] = {"head": head, "persons": persons, "reliefs": reliefs}
    if amount_fen is not None:
        line["amount_fen"] = amount_fen
    return line
