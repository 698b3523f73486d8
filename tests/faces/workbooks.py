"""Workbooks as offices have them, for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from bot.faces.lists import Asked, columns, read_book
from bot.world import County, World
from intake.access import Official
from intake.id_number import check_digit
from intake.imports.kinds import Kind
from intake.imports.read import ReadBook, ReadRow
from intake.places import Places
from intake.procedure import Role
from locales import texts
from tests.world import SHIMEN, rows

XIAN = Official(7, "县应急局", Role.COUNTY, "410324")
CUN = Official(8, "石门村会计", Role.VILLAGE, SHIMEN)
HEADINGS = (
    "户主姓名",
    "身份证号码",
    "联系电话",
    "家庭人口",
    "需救助人口",
    "所在村",
    "受灾家庭类别",
    "遭受灾种",
    "申请救助类别",
    "申请理由",
)
LAST_HEADINGS = ("户主", "身份证号", "家庭人口", "村")
_PLACES = Places([row for row in rows() if row.code.startswith("410324")])


def number_of(at: int) -> str:
    """The ``at``-th made-up ID number; all are different up to 16 million."""
    day, rest = at % 28, at // 28
    month, rest = rest % 12, rest // 12
    year, rest = rest % 50, rest // 50
    first17 = f"410324{1950 + year:04d}{1 + month:02d}{1 + day:02d}{rest:03d}"
    return first17 + check_digit(first17)


def household(at: int, **changes: object) -> list[Any]:
    """A row under :data:`HEADINGS`; ``changes`` by heading."""
    row: dict[str, object] = dict(
        zip(
            HEADINGS,
            (
                "王建国",
                number_of(at),
                f"138{at:08d}",
                "4",
                "3",
                "潭头镇石门村",
                "低保户",
                "风雹",
                "冬春生活困难救助",
                "冰雹打坏了玉米",
            ),
            strict=True,
        )
    )
    return list((row | changes).values())


def book(*lines: Sequence[object], sheet: str = "名单") -> bytes:
    """A workbook of one sheet, its cells as they are."""
    made = Workbook()
    made.active.title = sheet
    for line in lines:
        made.active.append(list(line))
    return saved(made)


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def listed(*lines: Sequence[object]) -> bytes:
    """A workbook with the headings of form 1 over its rows."""
    return book(HEADINGS, *lines)


def asked(official: Official = XIAN, kind: Kind = Kind.APPLY, **changes: Any) -> Asked:
    """Who imports what, in 栾川."""
    world = World(_PLACES, {"410324": County(("hail", "drought"), "66789599", "66789599")}, "66789599", "66789599")
    t = texts()
    return replace(Asked(official, kind, world.given(t, date(2022, 11, 1), SHIMEN), columns(kind, t)), **changes)


def read(body: bytes, official: Official = XIAN, kind: Kind = Kind.APPLY, **changes: Any) -> ReadBook:
    """What is read of a workbook."""
    return read_book(body, asked(official, kind, **changes))


def only(body: bytes, official: Official = XIAN, kind: Kind = Kind.APPLY) -> ReadRow:
    """Its only row."""
    (row,) = read(body, official, kind).rows
    return row


def why(row: ReadRow) -> Mapping[str, str]:
    """The reasons of a row in words, by column."""
    return {reason.column: texts()(reason.key, **reason.params) for reason in row.reasons}
