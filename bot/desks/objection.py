"""An objection to a line of a notice."""

from collections.abc import Mapping
from typing import Any

from bot.answers.base import Given
from bot.desks.base import Asker, Counter, Sent, Told
from bot.effects import Say
from intake.models import Notice
from intake.moves import RefusedError
from intake.objections import Written, code_of, hanging, object_by_chat
from intake.posted_lines import PostedLine
from locales.figures import money

MANY = 20
"""From more lines on the name is asked first."""
MOST = 90
"""Lines offered at once: no channel shows more buttons."""


async def learn(at: Counter, asker: Asker, answers: Mapping[str, Any], given: Given) -> Mapping[str, Any]:
    """``@lines``: what hangs in the village, as it is public there; ``@many``: too much to read, a name is needed."""
    if "village" not in answers:
        return {}
    async with at.reading() as db:
        found = await hanging(db, answers["village"], at.now)
    lines = [(code_of(notice, line), _label(notice, line, given)) for notice, some in found for line in some]
    if len(lines) <= MANY:
        return {"@lines": tuple(lines)}
    if not (name := answers.get("head")):
        return {"@many": True}
    named = [(code, label) for code, label in lines if _bare(name) in _bare(label)]
    return {"@many": True, "@lines": tuple((named or lines)[:MOST])}


async def take(at: Counter, sent: Sent) -> Told:
    """Take it. Nothing is told of the household but what hangs."""
    answers, given = sent.answers, sent.given
    village = given.places.label(answers["village"])
    line = dict(given.facts.get("@lines") or ()).get(answers.get("line"), "")
    known = {"village": village, "line": line, "hotline": given.hotline, "person": given.person}
    if "line" not in answers:
        return Told((Say("objection.nothing", known),), then="home")
    try:
        async with at.unit() as unit:
            written = Written(answers, sent.version, sent.media)
            objection, added = await object_by_chat(unit, sent.asker.contact_id, str(answers["line"]), written)
    except RefusedError as error:
        return Told((Say(_REFUSED.get(error.only.key, "objection.gone"), known),), then="home")
    made = {"objection": str(objection.id)}
    return Told((Say("objection.added" if added else "objection.done", known),), made=made)


_REFUSED = {
    "refusal.L8.notice_over": "objection.over",
    "refusal.L10.season_closed": "objection.over",
    "refusal.objection.enough": "objection.enough",
    "refusal.objection.many": "objection.many",
}


def _label(notice: Notice, line: PostedLine, given: Given) -> str:
    t, facts = given.texts, line.facts
    about = {"head": facts["head"], "persons": facts["persons"], "list": t(f"pass.{notice.pass_}")}
    if "amount_fen" in facts:
        return t("objection.line.amount", amount=money(t, facts["amount_fen"]), **about)
    return t("objection.line", **about)


def _bare(text: str) -> str:
    return "".join(text.split())
