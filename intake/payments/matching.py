"""What a bank's file means for the lines of a list: every row gets an outcome, every line keeps one, and the totals
close to zero. Pure; money in fen."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.payments.codes import Outcome, RowOutcome
from intake.payments.return_file import Said


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list as it stands; its card is on the list once."""

    id: int
    card: str
    amount_fen: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, what becomes of it, and the line that it is about."""

    said: Said
    outcome: RowOutcome
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """All rows, and what the lines that waited become."""

    rows: tuple[Row, ...]
    paid: tuple[int, ...]
    failed: Mapping[int, str]
    """Why, by line."""
    waiting: tuple[int, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome."""
        return dict(Counter(row.outcome.value for row in self.rows))

    @property
    def totals(self) -> dict[str, int]:
        """What the bank says it paid, by outcome of the rows, in fen."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found[row.outcome.value] += claimed(row.said)
        return dict(found)

    @property
    def anomalies(self) -> tuple[Row, ...]:
        """Rows that somebody has to ask the bank about."""
        fine = (RowOutcome.PAID, RowOutcome.FAILED, RowOutcome.TEXT)
        return tuple(row for row in self.rows if row.outcome not in fine)


def claimed(said: Said) -> int:
    """How much a row says was paid."""
    return (said.amount_fen or 0) if said.paid else 0


def match(lines: Sequence[Listed], rows: Sequence[Said]) -> Matched:
    """Set the rows against the lines.

    A line is paid or has failed only where the bank says one thing of it, of its own amount: rows that contradict each
    other leave it waiting, and so does another amount.
    """
    by_card = {line.card: line for line in lines}
    about: defaultdict[str, list[Said]] = defaultdict(list)
    for said in rows:
        if not _unread(said) and said.card in by_card:
            about[said.card].append(said)
    agreed = {card: len({said.paid for said in all_}) == 1 for card, all_ in about.items()}
    made, paid, failed, met = [], [], {}, set[str]()
    for said in rows:
        line = by_card.get(said.card)
        outcome = _outcome(said, line, first=said.card not in met, agreed=agreed.get(said.card, True))
        if line is not None and not _unread(said):
            met.add(said.card)
        if line is not None and outcome is RowOutcome.PAID:
            paid.append(line.id)
        if line is not None and outcome is RowOutcome.FAILED:
            failed[line.id] = said.reason or said.result
        made.append(Row(said, outcome, line.id if line else None))
    settled = {*paid, *failed}
    waiting = tuple(line.id for line in lines if line.outcome is Outcome.WAITING and line.id not in settled)
    return Matched(tuple(made), tuple(paid), failed, waiting)


def _unread(said: Said) -> bool:
    """Whether the row says nothing that can be used."""
    no_amount = said.amount_fen is None and not (said.paid is False and said.blank_amount)
    return said.nothing or not said.card or said.paid is None or no_amount


def _outcome(said: Said, line: Listed | None, *, first: bool, agreed: bool) -> RowOutcome:
    if said.nothing:
        return RowOutcome.TEXT
    if _unread(said):
        return RowOutcome.UNREADABLE
    if line is None:
        return RowOutcome.UNKNOWN
    if not first:
        return RowOutcome.DUPLICATE
    unpaid = not said.paid and said.blank_amount
    amount = line.amount_fen if unpaid or said.amount_fen is None else said.amount_fen
    if line.outcome is not Outcome.WAITING:
        same = line.outcome is (Outcome.PAID if said.paid else Outcome.FAILED) and amount == line.amount_fen
        return RowOutcome.DUPLICATE if same else RowOutcome.LATE
    if not agreed:
        return RowOutcome.DUPLICATE
    if amount != line.amount_fen:
        return RowOutcome.OVER if amount > line.amount_fen else RowOutcome.UNDER
    return RowOutcome.PAID if said.paid else RowOutcome.FAILED


@dataclass(frozen=True, slots=True)
class Closing:
    """The two sums that have to come to zero: what was listed less what it became, and what the bank says it paid less
    what that was for. In fen."""

    listed_fen: int
    paid_fen: int
    failed_fen: int
    waiting_fen: int
    bank_fen: int
    by_outcome: Mapping[str, int]

    @property
    def list_rest_fen(self) -> int:
        """0, or the totals do not close."""
        return self.listed_fen - self.paid_fen - self.failed_fen - self.waiting_fen

    @property
    def bank_rest_fen(self) -> int:
        """0, or the totals do not close."""
        return self.bank_fen - sum(self.by_outcome.values())


def closing(lines: Sequence[Listed], matched: Matched, listed_fen: int) -> Closing:
    """The table of totals after the file was taken; ``listed_fen`` is the list's own total, the bank's is added up from
    the file's rows alone."""
    paid, failed = set(matched.paid), set(matched.failed)
    sums: Counter[str] = Counter()
    for line in lines:
        outcome = Outcome.PAID if line.id in paid else Outcome.FAILED if line.id in failed else line.outcome
        sums[outcome.value] += line.amount_fen
    bank = sum(row.said.amount_fen or 0 for row in matched.rows if row.said.paid)
    by_outcome = {name: fen for name, fen in matched.totals.items() if fen and name != RowOutcome.PAID.value}
    by_outcome[RowOutcome.PAID.value] = sum(line.amount_fen for line in lines if line.id in paid)
    return Closing(
        listed_fen,
        sums[Outcome.PAID.value],
        sums[Outcome.FAILED.value],
        sums[Outcome.WAITING.value],
        bank,
        by_outcome,
    )
