"""Lists of a whole county, for measuring: workbooks, and files that were read."""

from io import BytesIO

from sqlalchemy import select
from xlsxwriter import Workbook

from intake.access import Official
from intake.imports.deciding import confirm
from intake.imports.keeping import Sent, digest_of, keep, prepare
from intake.imports.kinds import Kind
from intake.models import ImportFile, Scheme, Staff
from service.house import House
from service.list_book import ListBook
from tests.faces.workbooks import HEADINGS, household
from tests.world import SHIMEN

ROWS = 20_000


def county_list(rows: int, bad: int, first: int = 0, village: str = "") -> bytes:
    """A workbook of so many households, ``bad`` of them with half an ID number, evenly spread."""
    file = BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([HEADINGS, *(_line(at, rows, bad, first, village) for at in range(rows))]):
            for place, cell in enumerate(line):
                sheet.write_string(number, place, str(cell))
    return file.getvalue()


def _line(at: int, rows: int, bad: int, first: int, village: str) -> list[object]:
    line = household(first + at, **({HEADINGS[5]: village} if village else {}))
    if at * bad // rows != (at + 1) * bad // rows:
        line[1] = str(line[1])[:9]
    return line


async def read_lists(house: House) -> dict[str, str]:
    """A preview and a last year's list of 20,000 rows each, made where they are missing; by the names of
    ``tests.browser.pages``."""
    lists, found = ListBook(house.world, house.clock), {}
    async with house.database.read() as db:
        cun = Official.of((await db.scalars(select(Staff).where(Staff.username == "cun"))).one())
        scheme = await db.scalar(select(Scheme.id).order_by(Scheme.id.desc()).limit(1)) or 0
        known = {row.kind: row.id for row in await db.execute(select(ImportFile.kind, ImportFile.id))}
    body = county_list(ROWS, ROWS // 10, village=SHIMEN)
    for kind, name in ((Kind.LAST, "last_list"), (Kind.APPLY, "import_file")):
        file_id = known.get(kind.value)
        if file_id is None:
            prepared = prepare(await lists.read(cun, kind, body, lambda _village: True))
            sent = Sent(f"{name}.xlsx", digest_of(body), kind, lists.version(kind))
            async with house.units.begin() as unit:
                file_id, _ = await keep(unit, cun, scheme, sent, prepared)
                if kind is Kind.LAST:
                    await confirm(unit, cun, file_id)
        found[name] = str(file_id)
    return found
