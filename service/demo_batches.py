"""Registers and batches of the demo county: what ``intake.batches`` leaves of them, gathered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.access import Official
from intake.batches.freeze import LEVELS, MADE, REVISED
from intake.batches.line import digest, list_hash, snapshot
from intake.models import Batch, BatchAct, BatchLine
from intake.procedure import Action, Pass
from service.demo_rows import Rows

if TYPE_CHECKING:
    from service.demo_member import Member, Season


@dataclass(slots=True)
class Frozen:
    """A list and its lines by case, all still to be written."""

    batch: dict[str, Any]
    lines: dict[int, dict[str, Any]]
    acted: set[int]

    def take_off(self, rows: Rows, at: datetime, actor: str, case_id: int, action: Action) -> None:
        """A household leaves the list: a new revision."""
        line = self.lines[case_id]
        self.batch["revision"] += 1
        line |= {"left_in": self.batch["revision"], "why": action.value}
        live = {case: row["digest"] for case, row in self.lines.items() if row["left_in"] is None}
        self.batch["hash"] = list_hash(self.batch["id"], self.batch["revision"], live)
        self.tell(rows, REVISED, at, actor, left=[case_id])

    def act(self, rows: Rows, at: datetime, who: Official, level: str) -> None:
        """Somebody makes the list or decides on it."""
        if who.id not in self.acted:
            self.acted.add(who.id)
            rows.add(BatchAct, batch_id=self.batch["id"], staff_id=who.id, level=level, at=at)

    def tell(self, rows: Rows, kind: str, at: datetime, actor: str, **more: object) -> None:
        """The event, with the hash that proves the list."""
        data = {name: self.batch[name] for name in ("pass", "division", "revision")} | {
            "hash": self.batch["hash"].hex()
        }
        rows.tell(at, actor, kind, f"batch:{self.batch['id']}", **data, **more)


def freeze(
    rows: Rows,
    season: "Season",
    at: datetime,
    who: Official | None,
    division: str,
    pass_: Pass,
    members: Sequence["Member"],
) -> None:
    """Freeze these households into the division's next list; ``who`` None is the clock."""
    if not members:
        return
    number = season.numbers[pass_, division] = season.numbers[pass_, division] + 1
    row = rows.add(
        Batch,
        id=rows.new_id(at),
        scheme_id=season.scheme_id,
        pass_=pass_.value,
        division=division,
        number=number,
        revision=1,
        made_by=who.id if who else None,
        made_at=at,
        scheme_version=season.version,
    )
    level = LEVELS[len(division)]
    frozen = Frozen(row, {}, set())
    for member in members:
        line = _line(member, pass_)
        frozen.lines[member.case_id] = rows.add(
            BatchLine,
            batch_id=row["id"],
            case_id=member.case_id,
            pass_=pass_.value,
            level=level,
            snapshot=line,
            digest=digest(line),
            left_in=None,
            why=None,
        )
        member.lists[level] = frozen
    row["hash"] = list_hash(row["id"], 1, {case: one["digest"] for case, one in frozen.lines.items()})
    if who is not None:
        frozen.act(rows, at, who, level)
    frozen.tell(rows, MADE, at, who.actor if who else "clock", number=number, cases=sorted(frozen.lines))


def _line(member: "Member", pass_: Pass) -> dict[str, Any]:
    money = pass_ is Pass.GRANT
    return snapshot(
        number=member.number,
        head=member.form.head,
        id_index=member.household["id_index"],
        village=member.form.village,
        group=member.form.group,
        size=member.form.household_size,
        persons=member.persons,
        categories=member.form.categories,
        tier=member.stage["tier"] if money else None,
        amount_fen=member.stage["amount_fen"] if money else None,
    )
