"""Where a case stands, in plain words: the steps of L8, once for who is helped and once for how much (L11)."""

from bot.effects import Say
from intake.procedure import ENDED, REFUSALS, Action, Pass, State
from intake.reads.case_status import CaseStatus
from locales import Texts
from locales.dates import long_date, moment
from locales.figures import days, money
from store.clock import CHINA, china_date

STEPS = ("apply", "review", "notice", "audit", "decide")
PAID_STEP = "pay"
_AT: dict[State, str] = {
    State.APPLIED: "review",
    State.REVIEWED: "notice",
    State.ON_NOTICE: "notice",
    State.HELD: "notice",
    State.INCOMPLETE: "review",
    State.PROPOSED: "audit",
    State.ASKED_VILLAGE: "audit",
    State.AUDITED: "decide",
    State.BATCHED: "decide",
    State.ASKED_TOWNSHIP: "decide",
    State.APPEALED: "decide",
    State.ACCEPTED: PAID_STEP,
    State.PAID: PAID_STEP,
}
"""The step that a case waits for, or that was the last."""
_REFUSED_AT = {
    Action.REFUSE_REVIEW: "review",
    Action.CUT: "audit",
    Action.REFUSE: "decide",
    Action.REJECT_APPEAL: "decide",
}
_OVER = frozenset(ENDED)


def case_words(found: CaseStatus, texts: Texts, *, own: bool) -> tuple[Say, ...]:
    """What is said of a case. ``own``: the person may give its card by themselves."""
    fields = _fields(found, texts)
    said = [Say("status.head", fields | {"way": _way(found, texts)}), Say(_now(found), fields)]
    if found.state is State.APPLIED and found.reason:
        said.append(Say("status.returned", fields))
    if own and found.state in REFUSALS:
        said.append(Say("status.appeal", fields))
    if found.state not in _OVER:
        said.append(Say("status.due", fields))
        if own and not found.card_end:
            said.append(Say("status.no_card"))
    return (*said, Say("status.ask", fields))


def _now(found: CaseStatus) -> str:
    if found.state in (State.WITHDRAWN, State.APPEALED):
        return f"status.now.{found.state.value}"
    if found.no is not None and found.state is not State.APPLIED:
        return f"status.now.{found.no.value}"
    return f"status.now.{found.pass_.value}.{found.state.value}"


def _way(found: CaseStatus, texts: Texts) -> str:
    """The whole way, with the step where it stands in brackets."""
    at = _REFUSED_AT.get(found.no, "") if found.state in _OVER and found.no else _AT.get(found.state, "")
    steps = STEPS if found.pass_ is Pass.NEED else (*STEPS, PAID_STEP)
    names = (texts("status.here" if step == at else "status.step", step=texts(f"status.step.{step}")) for step in steps)
    return texts(f"status.way.{found.pass_.value}", steps=texts("status.arrow").join(names))


def _fields(found: CaseStatus, texts: Texts) -> dict[str, object]:
    tier = f"tier.{found.tier}"
    return {
        "number": found.number,
        "head": found.head,
        "village": found.village,
        "since": long_date(texts, china_date(found.since)),
        "days": days(texts, found.notice_days, found.notice_kind),
        "closes_at": moment(texts, found.closes_at.astimezone(CHINA)) if found.closes_at else "",
        "due": long_date(texts, found.pay_before),
        "reason": found.reason,
        "tier": texts(tier) if texts.has(tier) else found.tier or "",
        "amount": money(texts, found.amount_fen) if found.amount_fen else "",
        "paid_on": long_date(texts, found.paid_on) if found.paid_on else "",
        "card_end": found.card_end,
        "hotline": found.hotline,
        "appeal_days": found.appeal_days,
        "phone": found.phone,
    }
