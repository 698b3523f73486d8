"""Payment lists of the demo county: one of each township that two people released and the bank paid, one that waits for
its release."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from intake.access import Official
from intake.finding import index_of
from intake.models import Payment, PaymentLine, PaymentList, PaymentRelease
from intake.payments.codes import ListState, Outcome
from intake.payments.digest import Canonical, Head, list_hash, short
from intake.payments.making import LISTED
from intake.procedure import Action
from intake.scheme.file import written
from service import demo_people
from service.demo_member import Member, Season
from service.demo_rows import Rows
from store.clock import china_date

_HOUR = timedelta(hours=1)


_SOURCE = "central"
"""Where the money of all lists comes from."""


class Lists:
    """Makes the lists of the whole county, one township after the other."""

    def __init__(self, rows: Rows, season: Season, prefix: str, count: int) -> None:
        self._rows, self._season, self._prefix = rows, season, prefix
        self._count = count

    def pay(self, at: datetime, division: str, people: tuple[Official, Official], members: Sequence[Member]) -> None:
        """A list that was made at ``at``, released by both and paid by the bank some hours later."""
        made, lines = self._make(at, division, people[0], members)
        for nth, one in enumerate(people, 1):
            when = at + nth * _HOUR
            self._rows.add(PaymentRelease, list_id=made["id"], staff_id=one.id, nth=nth, at=when)
            data = {"nth": nth, "hash": made["hash"].hex(), "total_fen": made["total_fen"]}
            self._rows.tell(when, one.actor, "payment.released", f"payment_list:{made['id']}", **data)
        later, who = at + 4 * _HOUR, people[0]
        made |= {
            "state": ListState.CLOSED.value,
            "sent_at": at + 3 * _HOUR,
            "ended_at": later,
            "ended_by": who.id,
        }
        for member, line in zip(members, lines, strict=True):
            self._paid(later, who, member, line, china_date(at + 2 * _HOUR))

    def wait(self, at: datetime, division: str, who: Official, members: Sequence[Member]) -> None:
        """A list that nobody has released yet."""
        self._make(at, division, who, members)

    def _make(
        self, at: datetime, division: str, who: Official, members: Sequence[Member]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        self._count += 1
        (bank,) = self._season.content.paying_banks()
        list_id, total = self._rows.new_id(at), sum(one.stage["amount_fen"] for one in members)
        number = f"{self._prefix}{self._count:04d}"
        head = Head(
            list_id, number, self._season.scheme_id, division, bank.code, _SOURCE, written(bank), len(members), total
        )
        lines = [self._line(at, list_id, position, one) for position, one in enumerate(members, 1)]
        digests = [line["digest"] for line in lines]
        made = self._rows.add(
            PaymentList,
            id=list_id,
            number=number,
            scheme_id=self._season.scheme_id,
            scheme_version=self._season.version,
            division=division,
            bank=bank.code,
            template=written(bank),
            source=_SOURCE,
            lines=len(lines),
            total_fen=total,
            hash=list_hash(head, digests),
            state=ListState.MADE.value,
            made_by=who.id,
            made_at=at,
            sent_at=None,
            ended_at=None,
            ended_by=None,
            why=None,
        )
        data = {
            "hash": made["hash"].hex(),
            "lines": len(lines),
            "digests": short(digests),
            "total_fen": total,
            "bank": bank.code,
            "division": division,
            "scheme_version": self._season.version,
        }
        self._rows.tell(at, who.actor, LISTED, f"payment_list:{list_id}", **data)
        return made, lines

    def _line(self, at: datetime, list_id: int, position: int, member: Member) -> dict[str, Any]:
        card = give(member)
        index, amount = index_of(card), member.stage["amount_fen"]
        canonical = Canonical(list_id, position, member.case_id, member.form.head, index, amount, None)
        return self._rows.add(
            PaymentLine,
            id=self._rows.new_id(at),
            list_id=list_id,
            position=position,
            case_id=member.case_id,
            head=member.form.head,
            card=card,
            card_index=index,
            amount_fen=amount,
            digest=canonical.digest,
            repays=None,
            outcome=Outcome.WAITING.value,
            reason=None,
            paid_on=None,
            settled_by=None,
            settled_at=None,
        )

    def _paid(self, at: datetime, who: Official, member: Member, line: dict[str, Any], paid_on: Any) -> None:
        said = {"bank_card": line["card"], "paid_on": paid_on, "released_on": paid_on}
        member.act(self._rows, self._season, at, who, Action.PAY, **said)
        line |= {"outcome": Outcome.PAID.value, "paid_on": paid_on, "settled_by": who.id, "settled_at": at}
        self._rows.add(
            Payment,
            case_id=member.case_id,
            amount_fen=line["amount_fen"],
            bank_card=line["card"],
            paid_on=paid_on,
            recorded_by=who.id,
            recorded_at=at,
        )
        data = {"amount_fen": line["amount_fen"], "paid_on": paid_on.isoformat(), "list": line["list_id"]}
        self._rows.tell(at, who.actor, "payment.made", f"case:{member.case_id}", **data, line=line["id"])


def give(member: Member) -> str:
    """The household's card, the same each time."""
    card = demo_people.card(int(member.form.phone[-7:]))
    member.household["bank_card"] = card
    return card
