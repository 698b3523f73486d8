"""A village of the demo county: its households apply and are reviewed, posted, audited, decided and paid."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from intake.access import Official
from intake.batches.freeze import COUNTY, TOWNSHIP
from intake.citizens import Citizen
from intake.models import Notice, NoticeCase, Objection, Review, Vote
from intake.procedure import Action, Pass, State
from intake.rules import Share, equal_shares, notice_end, notice_line, tier_amount_fen
from intake.scheme.groups import same_place
from service import demo_people
from service.demo_batches import freeze
from service.demo_filing import file
from service.demo_member import Member, Season
from service.demo_rows import Rows
from store.clock import china_date

TIERS = ("ordinary", "heavier", "special", "ordinary")
DAY = timedelta(days=1)
_NOT_POOR = "家里有人在外务工，收入稳定，基本生活没有困难"
_TWICE = "与民政低保台账比对，今年已领临时救助，不重复安排"
_AGAIN = "家庭人口与户口本不符，请核实后再报"
_SAID = "听说他家今年买了新车，请核实"
_SEEN = "到户核实，车是亲戚的，不在他家名下"


@dataclass(frozen=True, slots=True)
class Authorities:
    """Who acts: three different people."""

    village: Official
    township: Official
    county: Official


class Turns:
    """Every so many of something it is another's turn: exceptions that are there however many households there are."""

    def __init__(self) -> None:
        self._counts = Counter[str]()

    def of(self, what: str, every: int) -> bool:
        """Whether this one is it."""
        self._counts[what] += 1
        return self._counts[what] % every == 0


class Village:
    """The households of one village, and what happens to all of them together."""

    def __init__(self, rows: Rows, season: Season, code: str, who: Authorities, turns: Turns, random: Random) -> None:
        self._rows, self._season, self._code, self._who = rows, season, code, who
        self._turns, self._random = turns, random
        self._members: list[Member] = []
        self._notice: dict[str, Any] = {}

    def apply(self, at: datetime, numbers: Iterable[str], households: Iterable[dict[str, Any]]) -> datetime:
        """Households apply one after the other, some through a nominator; when the last one did."""
        for number, answers in zip(numbers, households, strict=False):
            at += timedelta(minutes=self._random.randint(3, 25), milliseconds=self._random.randint(1, 999))
            nominator = demo_people.nominator(self._random) if self._turns.of("nominated", 12) else None
            said = {**answers, "village": self._code}
            self._members.append(file(self._rows, self._season, at, number, said, nominator))
        return at

    def _at(self, pass_: Pass, state: State) -> list[Member]:
        return [one for one in self._members if one.pass_ is pass_ and one.state is state]

    def _act(self, member: Member, at: datetime, who: Official | Citizen | None, action: Action, **words: Any) -> None:
        member.act(self._rows, self._season, at, who, action, **words)

    def withdraw(self, at: datetime, pass_: Pass) -> None:
        """Some households withdraw before the village meets."""
        for member in self._at(pass_, State.APPLIED):
            if self._turns.of(f"withdrawn {pass_}", 90):
                self._act(member, at, Citizen(member.contact_id), Action.WITHDRAW, why="better")

    def review(self, at: datetime, pass_: Pass) -> None:
        """The village meets the day before (L7): most pass, some do not."""
        members, who = self._at(pass_, State.APPLIED), self._who.village
        if not members:
            return
        present, held_on = 27 + len(self._members) % 9, china_date(at) - DAY
        review = self._rows.new_id(at)
        self._rows.add(
            Review,
            id=review,
            scheme_id=self._season.scheme_id,
            village=self._code,
            pass_=pass_.value,
            held_on=held_on,
            form="representatives",
            present=present,
            minutes="逐户介绍情况，逐户举手表决，结果当场宣布。",
            recorded_by=who.id,
            recorded_at=at,
        )
        for index, member in enumerate(members):
            passed = not self._turns.of(f"refused {pass_}", 24 if pass_ is Pass.NEED else 40)
            votes = (present - 2 - index % 5, 2) if passed else (3, present - 4)
            said = {"votes_for": votes[0], "votes_against": votes[1], "present": present, "held_on": held_on}
            if not passed:
                self._act(member, at, who, Action.REFUSE_REVIEW, reason=_NOT_POOR, **said)
            else:
                money = self._money(member, index) if pass_ is Pass.GRANT else {}
                self._act(member, at, who, Action.PASS_REVIEW, **said, **money)
            self._rows.add(Vote, review_id=review, case_id=member.case_id, votes_for=votes[0], votes_against=votes[1])
        data = {"pass": pass_.value, "village": self._code, "cases": sorted(one.case_id for one in members)}
        self._rows.tell(at, who.actor, "review.recorded", f"review:{review}", **data, present=present)

    def _money(self, member: Member, index: int) -> dict[str, Any]:
        tier = TIERS[index % len(TIERS)]
        return {"tier": tier, "amount_fen": tier_amount_fen(self._season.content, tier, member.persons)}

    def post(self, at: datetime, pass_: Pass) -> None:
        """The list is posted for its days; one that the village takes back first is reviewed once more."""
        members, who, content = self._at(pass_, State.REVIEWED), self._who.village, self._season.content
        if len(members) > 1 and self._turns.of(f"taken back {pass_}", 9):
            self._act(members.pop(), at - timedelta(hours=1), who, Action.RETURN, reason=_AGAIN)
        if not members:
            return
        money = content.notice_amounts and pass_ is Pass.GRANT
        if pass_ is Pass.GRANT:
            shares = [Share(one.persons, one.stage["amount_fen"], same_place(one.form.group)) for one in members]
            if equal_shares(shares, content) is not None:
                raise ValueError(f"{self._code}: an equal list (L6)")
        for member in members:
            self._act(member, at, who, Action.OPEN_NOTICE)
        lines = [
            notice_line(one.form.head, one.persons, one.form.reliefs, one.stage["amount_fen"] if money else None)
            for one in members
        ]
        self._notice = self._rows.add(
            Notice,
            id=self._rows.new_id(at),
            scheme_id=self._season.scheme_id,
            village=self._code,
            pass_=pass_.value,
            lines=lines,
            complaint_phone=content.hotline,
            opens_at=at,
            closes_at=notice_end(at, content.notice_days),
            closed_at=None,
            opened_by=who.id,
        )
        for member in members:
            self._rows.add(NoticeCase, notice_id=self._notice["id"], case_id=member.case_id, withdrawn_at=None)
        data = {"pass": pass_.value, "village": self._code, "cases": [one.case_id for one in members]}
        self._rows.tell(at, who.actor, "notice.opened", f"notice:{self._notice['id']}", **data)

    def object(self, at: datetime, pass_: Pass, *, settled: bool) -> None:
        """Somebody objects to one line, or in a large village to two; the township answers some hours later."""
        hanging = self._at(pass_, State.ON_NOTICE)
        for member in hanging[-1:] if len(hanging) < 60 else hanging[-2:]:
            objection = self._objection(at, member)
            if not settled:
                continue
            upheld = self._turns.of(f"upheld {pass_}", 8)
            action, answer = (Action.UPHOLD, _AGAIN) if upheld else (Action.DISMISS, _SEEN)
            later, who = at + timedelta(hours=20), self._who.township
            self._act(member, later, who, action, reason=answer)
            objection |= {"settled_at": later, "settled_by": who.id, "upheld": upheld, "answer": answer}
            self._rows.tell(later, who.actor, "objection.settled", f"objection:{objection['id']}", upheld=upheld)

    def _objection(self, at: datetime, member: Member) -> dict[str, Any]:
        who, ends = self._who.village, self._notice["closes_at"]
        self._act(member, at, who, Action.OBJECT, reason=_SAID, notice_closes_at=ends)
        made = self._rows.add(
            Objection,
            id=self._rows.new_id(at),
            notice_id=self._notice["id"],
            case_id=member.case_id,
            text=_SAID,
            made_at=at,
            taken_by=who.id,
            contact_id=None,
            settled_at=None,
            settled_by=None,
            upheld=None,
            answer=None,
        )
        self._rows.tell(at, who.actor, "objection.made", f"objection:{made['id']}", case=member.case_id)
        return made

    def close(self, pass_: Pass) -> datetime:
        """The notice's days are over; when."""
        at: datetime = self._notice["closes_at"]
        proposed = self._at(pass_, State.ON_NOTICE)
        for member in proposed:
            self._act(member, at, None, Action.CLOSE_NOTICE, notice_closes_at=at)
        self._notice["closed_at"] = at
        self._rows.tell(at, "clock", "notice.closed", f"notice:{self._notice['id']}", **{"pass": pass_.value})
        freeze(self._rows, self._season, at, None, self._code, pass_, proposed)
        return at

    def audit(self, at: datetime, pass_: Pass) -> None:
        """The township audits: most pass, some are cut or sent back."""
        self._rule(at, self._at(pass_, State.PROPOSED), self._who.township, (Action.PASS_AUDIT, Action.CUT))

    def send(self, at: datetime, pass_: Pass) -> None:
        """The township sends what it has passed to the county, in a batch of this village."""
        audited, who = self._at(pass_, State.AUDITED), self._who.township
        for member in audited:
            self._act(member, at, who, Action.BATCH)
        freeze(self._rows, self._season, at, who, self._code[:9], pass_, audited)

    def decide(self, at: datetime, pass_: Pass) -> None:
        """The county decides."""
        batched, who = self._at(pass_, State.BATCHED), self._who.county
        for member in batched:
            member.lists[TOWNSHIP].act(self._rows, at, who, COUNTY)
        self._rule(at, batched, who, (Action.ACCEPT, Action.REFUSE))

    def _rule(self, at: datetime, members: Sequence[Member], who: Official, actions: tuple[Action, Action]) -> None:
        yes, no = actions
        for member in members:
            kind = f"{no} {member.pass_}"
            if self._turns.of(kind, 45):
                self._act(member, at, who, no, reason=_TWICE)
            elif self._turns.of(f"sent back {kind}", 120):
                self._act(member, at, who, Action.RETURN, reason=_AGAIN)
            else:
                self._act(member, at, who, yes)

    def accepted(self) -> list[Member]:
        """The households whose grants the county accepted and nobody has paid yet."""
        return self._at(Pass.GRANT, State.ACCEPTED)
