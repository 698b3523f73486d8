"""An official looks a case of their area up, masked as on the console's list."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say
from intake.procedure import Pass, State
from intake.reads.cases import Found, find_case, find_cases
from intake.reads.standing import standing
from locales import Texts
from locales.dates import long_date
from store.clock import china_date

PER_PAGE = 20
"""Households listed in one message: WeChat takes no more than 2,000 bytes."""
STAFF = "home_staff"
"""The menu after it."""


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """What there is to pick from, as far as the answers lead. Where there is one choice it counts as taken."""
    if asker.official is None:
        return {"@none": True}
    t = given.texts
    async with at.reading() as db:
        area = await standing(db, asker.official)
        townships = area.townships()
        if not townships:
            return {"@none": True}
        township = _taken(answers.get("township"), [code for code, _, _ in townships])
        places = area.villages(township)
        place = _taken(answers.get("place"), [code for code, _, _ in places])
        states = area.states(place)
        facts: dict[str, Any] = {
            "@townships": [(code, t("village.households", name=name, n=n)) for code, name, n in townships],
            "@places": [(code, t("village.households", name=name, n=n)) for code, name, n in places],
            "@states": [(f"{one.value}-{state.value}", _standing(t, one, state, n)) for one, state, n in states],
        }
        count = {f"{one.value}-{state.value}": n for one, state, n in states}.get(answers.get("state", ""), 0)
        if not count:
            return facts
        starts = range(0, count, PER_PAGE)
        pages = {str(start // PER_PAGE + 1): (start + 1, min(start + PER_PAGE, count)) for start in starts}
        page = _taken(answers.get("page"), list(pages))
        pass_, _, state = answers["state"].partition("-")
        found, _ = await find_cases(
            db,
            asker.official,
            at=(Pass(pass_), State(state)),
            village=place,
            scheme_id=area.scheme_id,
            page=int(page),
            per_page=PER_PAGE,
        )
    facts["@pages"] = [(code, t("village.page", first=first, last=last)) for code, (first, last) in pages.items()]
    facts["@cases"] = [(str(one.id), _line(t, one)) for one in found]
    return facts


async def take(at: Counter, sent: Sent) -> Told:
    """Show the case that was picked."""
    official = sent.asker.official
    if official is None:
        return Told((Say("home.staff_only"),), then="home")
    if "case" not in sent.answers:
        return Told((Say("village.none"),), then=STAFF)
    async with at.reading() as db:
        found = await find_case(db, official, int(sent.answers["case"]))
    if found is None:
        return Told((Say("village.gone"),), then=STAFF)
    t = sent.given.texts
    shown = {
        "number": found.number,
        "head": found.head,
        "village": found.village_name,
        "persons": found.persons,
        "state": t(f"state.{found.state.value}"),
        "pass_name": t(f"pass.{found.pass_.value}"),
        "filed": long_date(t, china_date(found.filed_at)),
        "link": f"{sent.given.site}/admin/cases?q={found.number}",
    }
    return Told((Say("village.case", shown),), then=STAFF)


def _taken(answer: Any, codes: list[str]) -> str:
    """What was answered, or the first where that is none of these: after a way back it may belong to another choice."""
    return answer if answer in codes else codes[0]


def _standing(t: Texts, pass_: Pass, state: State, n: int) -> str:
    return t("village.standing", state=t(f"state.{state.value}"), pass_name=t(f"pass.{pass_.value}"), n=n)


def _line(t: Texts, one: Found) -> str:
    return t("village.line", number=one.number[-5:], head=one.head, persons=one.persons)
