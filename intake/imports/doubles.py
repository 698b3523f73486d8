"""Households that stand in a file twice. Pure."""

from collections.abc import Iterable

from intake.imports.read import ReadRow, Reason


def mark_doubles(rows: Iterable[ReadRow]) -> None:
    """Refuse households that stand there twice: the same row again only the second time, for nothing is lost with it;
    rows that differ all, for nobody knows which is right. Each names the other."""
    first: dict[str, list[ReadRow]] = {}
    for row in rows:
        if not row.skipped and (who := _who(row)):
            first.setdefault(who, []).append(row)
    for same in first.values():
        if len(same) == 1:
            continue
        differ = any(row.answers != same[0].answers for row in same[1:])
        for index, row in enumerate(same):
            if differ or index:
                other = same[0] if index else same[1]
                key = "import.wrong.differ" if differ else "import.wrong.repeated"
                row.reasons.append(Reason("id_number", key, {"sheet": other.sheet, "row": other.number}))


def _who(row: ReadRow) -> str:
    """The head's number: two people of a village may have one name."""
    return str(row.answers.get("id_number") or "")
