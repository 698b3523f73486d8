"""Every row of a bank's file gets an outcome, every line keeps one, and the totals close to zero in fen."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from intake.payments.codes import Outcome, RowOutcome
from intake.payments.matching import Listed, Matched, closing, match
from intake.payments.return_file import Said

A, B = "6217000000000000001", "6217000000000000002"
LINES = [Listed(1, A, 600_00, Outcome.WAITING), Listed(2, B, 300_00, Outcome.WAITING)]


def said(card: str, fen: int | None, paid: bool | None, position: int = 2, **more: object) -> Said:
    """A row."""
    return Said(position, card, fen, paid, "", "账户已销" if paid is False else "", **more)  # type: ignore[arg-type]


def outcomes(*rows: Said, lines: list[Listed] = LINES) -> list[str]:
    """What becomes of the rows."""
    return [row.outcome.value for row in match(lines, rows).rows]


def test_paid_and_failed_rows_settle_their_lines() -> None:
    matched = match(LINES, [said(A, 600_00, True), said(B, 300_00, False)])
    assert (matched.paid, matched.failed, matched.waiting) == ((1,), {2: "账户已销"}, ())


def test_a_line_without_a_row_goes_on_waiting() -> None:
    matched = match(LINES, [said(A, 600_00, True)])
    assert matched.waiting == (2,)


def test_another_amount_settles_nothing() -> None:
    assert outcomes(said(A, 600_01, True), said(B, 299_99, True)) == ["over", "under"]
    assert match(LINES, [said(A, 600_01, True), said(B, 299_99, True)]).waiting == (1, 2)


def test_an_unknown_card_and_a_second_row_are_said() -> None:
    assert outcomes(said("6217000000000000009", 1_00, True)) == ["unknown"]
    assert outcomes(said(A, 600_00, True), said(A, 600_00, True)) == ["paid", "duplicate"]


def test_rows_that_contradict_each_other_settle_nothing() -> None:
    matched = match(LINES, [said(A, 600_00, False), said(A, 600_00, True)])
    assert [row.outcome.value for row in matched.rows] == ["duplicate", "duplicate"]
    assert 1 in matched.waiting


def test_a_row_that_says_otherwise_than_before_is_late() -> None:
    lines = [Listed(1, A, 600_00, Outcome.FAILED), Listed(2, B, 300_00, Outcome.PAID)]
    assert outcomes(said(A, 600_00, True), said(B, 300_00, False), lines=lines) == ["late", "late"]
    assert outcomes(said(A, 600_00, False), said(B, 300_00, True), lines=lines) == ["duplicate", "duplicate"]


def test_a_failed_row_without_an_amount_is_failed() -> None:
    assert outcomes(said(A, 0, False, blank_amount=True), said(B, None, False, blank_amount=True)) == [
        "failed",
        "failed",
    ]


def test_what_cannot_be_read_and_totals_are_said() -> None:
    rows = [said("", 1, True), said(A, None, True), said(A, 600_00, None), said("", 900_00, None, nothing=True)]
    assert outcomes(*rows) == ["unreadable", "unreadable", "unreadable", "text"]


CARDS = [f"62170000000000000{number:02d}" for number in range(12)]
listed = st.lists(
    st.builds(
        Listed,
        st.integers(),
        st.sampled_from(CARDS),
        st.integers(1, 10**9),
        st.sampled_from([Outcome.WAITING, Outcome.WAITING, Outcome.PAID, Outcome.FAILED]),
    ),
    max_size=8,
    unique_by=(lambda line: line.card, lambda line: line.id),
)
said_of = st.builds(
    Said,
    position=st.integers(1, 9),
    card=st.sampled_from([*CARDS, ""]),
    amount_fen=st.one_of(st.none(), st.integers(0, 10**9)),
    paid=st.sampled_from([True, False, None]),
    nothing=st.booleans(),
    blank_amount=st.booleans(),
)


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Listed], list[Said]]:
    """A list, and a file of which many rows are right."""
    lines = draw(listed)
    right = [
        Said(1, line.card, line.amount_fen, draw(st.booleans()), reason="x") for line in lines if draw(st.booleans())
    ]
    return lines, draw(st.permutations([*right, *draw(st.lists(said_of, max_size=8))]))


def independent(lines: list[Listed], rows: list[Said]) -> tuple[int, int, int]:
    """What is paid, what failed and what waits, reckoned another way: line by line, in fen."""
    paid = failed = waiting = 0
    for line in lines:
        about = [one for one in rows if one.card == line.card and not one.nothing and one.paid is not None]
        about = [one for one in about if one.amount_fen is not None or (one.paid is False and one.blank_amount)]
        results = {one.paid for one in about}
        exact = bool(about) and (
            about[0].amount_fen == line.amount_fen or (about[0].paid is False and about[0].blank_amount)
        )
        if line.outcome is Outcome.PAID or (line.outcome is Outcome.WAITING and results == {True} and exact):
            paid += line.amount_fen
        elif line.outcome is Outcome.FAILED or (results == {False} and exact):
            failed += line.amount_fen
        else:
            waiting += line.amount_fen
    return paid, failed, waiting


@given(files())
def test_the_totals_close_to_zero_in_fen(file: tuple[list[Listed], list[Said]]) -> None:
    lines, rows = file
    matched: Matched = match(lines, rows)
    total = sum(line.amount_fen for line in lines)
    closed = closing(lines, matched, total)
    assert (closed.list_rest_fen, closed.bank_rest_fen) == (0, 0)
    assert (closed.paid_fen, closed.failed_fen, closed.waiting_fen) == independent(lines, rows)
    assert len(matched.rows) == len(rows)
    assert sum(matched.counts.values()) == len(rows)
    settled = [*matched.paid, *matched.failed, *matched.waiting]
    assert sorted(settled) == sorted(line.id for line in lines if line.outcome is Outcome.WAITING)
    assert Counter(row.outcome for row in matched.rows)[RowOutcome.PAID] == len(matched.paid)
