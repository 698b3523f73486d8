"""One household of the demo county on its way through the procedure: each step is asked of the table and its rules,
as an official's press is; only what follows from it is gathered instead of written at once."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake import normalise
from intake.access import Official
from intake.citizens import Citizen
from intake.models import Approval, Grant
from intake.procedure import BACK_TO_REVIEW, DECISIONS, OFF_THE_LIST, Action, Pass, Role, State, move
from intake.rules import Facts, Refusal
from intake.scheme import SchemeContent
from service.demo_batches import Frozen
from service.demo_rows import Rows
from store.clock import china_date


@dataclass(frozen=True, slots=True)
class Season:
    """The scheme in which they apply."""

    scheme_id: int
    version: int
    content: SchemeContent
    numbers: Counter[tuple[Pass, str]] = field(default_factory=Counter)
    """The last list of each division in each pass."""


@dataclass(slots=True)
class Member:
    """A household: what it applied with, and its row in the pass that it is in."""

    number: str
    case_id: int
    household_id: int
    contact_id: int
    form: normalise.Facts
    pass_: Pass
    stage: dict[str, Any]
    household: dict[str, Any]
    acted: set[int] = field(default_factory=set)
    lists: dict[str, Frozen] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.stage["state"])

    @property
    def persons(self) -> int:
        """How many of it are in need."""
        return self.form.persons_in_need

    def act(
        self, rows: Rows, season: Season, at: datetime, who: Official | Citizen | None, action: Action, **words: Any
    ) -> None:
        """Take one step of the table; ``who`` None is the clock. What it leaves is what ``intake.moves`` leaves.

        Raises:
            ValueError: the procedure says no; the story would not hold.
        """
        facts = Facts(
            now=at,
            today=china_date(at),
            scheme=season.content,
            village=self.form.village,
            disasters=tuple(self.form.disasters),
            persons_in_need=self.persons,
            actor=who.id if isinstance(who, Official) else None,
            acted=frozenset(self.acted),
            citizen=who.contact_id if isinstance(who, Citizen) else None,
            applicant=self.contact_id,
            ready_on=china_date(self.stage["changed_at"]),
            **words,
        )
        to = move(self.pass_, self.state, action, who.role if who else Role.CLOCK, facts)
        if isinstance(to, Refusal):
            raise ValueError(f"{self.pass_} {self.state} {action}: {to.key}")
        data: dict[str, Any] = {
            "pass": self.pass_.value,
            "action": action.value,
            "from": self.stage["state"],
            "to": to.value,
            "revision": self.stage["revision"],
        }
        if isinstance(who, Citizen):
            data |= {"why": words["why"], "act": rows.new_id(at)}
        if isinstance(who, Official):
            data["approval"] = self._approve(rows, season, at, who, action, words.get("reason", ""))
        if self.pass_ is Pass.GRANT and action is Action.PASS_REVIEW:
            self.stage |= {"tier": words["tier"], "amount_fen": words["amount_fen"]}
            data |= {"tier": words["tier"], "amount_fen": words["amount_fen"]}
        actor = who.actor if who else "clock"
        if action in OFF_THE_LIST:
            for frozen in self.lists.values():
                frozen.take_off(rows, at, actor, self.case_id, action)
            self.lists.clear()
        if action in BACK_TO_REVIEW:
            self.stage["revision"] += 1
            self.acted.clear()
        self.stage |= {"state": to.value, "changed_at": at}
        rows.tell(at, actor, "case.moved", f"case:{self.case_id}", **data)
        if self.pass_ is Pass.NEED and to is State.ACCEPTED:
            self._go_on(rows, at)

    def _approve(self, rows: Rows, season: Season, at: datetime, who: Official, action: Action, reason: str) -> int:
        approval = rows.new_id(at)
        rows.add(
            Approval,
            id=approval,
            case_id=self.case_id,
            pass_=self.pass_.value,
            revision=self.stage["revision"],
            staff_id=who.id,
            action=action.value,
            decides=action in DECISIONS,
            reason=reason,
            scheme_version=season.version,
            at=at,
        )
        if action in DECISIONS:
            self.acted.add(who.id)
        return approval

    def _go_on(self, rows: Rows, at: datetime) -> None:
        """An accepted need opens the second pass."""
        self.stage["accepted"] = True
        self.lists.clear()
        self.pass_, self.acted = Pass.GRANT, set()
        self.stage = rows.add(
            Grant,
            case_id=self.case_id,
            need_accepted=True,
            state=State.APPLIED.value,
            tier=None,
            amount_fen=None,
            statement=None,
            revision=1,
            changed_at=at,
        )
