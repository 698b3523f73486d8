"""An XLSForm as the workbook that ODK and KoboToolbox read."""

import asyncio
from collections.abc import Sequence
from io import BytesIO

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from bot.faces.context import FaceContext
from bot.faces.xlsform import Cells, Form, field_flows, xlsform
from bot.world import World
from locales import texts
from store.clock import china_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_KEPT = 64


def workbook(form: Form) -> bytes:
    """Write the three sheets; every cell is text, never a formula. Takes up to half a second: call it in a thread."""
    book = Workbook(write_only=True)
    for name, rows in (("survey", form.survey), ("choices", form.choices), ("settings", (form.settings,))):
        sheet = book.create_sheet(name)
        columns = tuple(dict.fromkeys(column for row in rows for column in row))
        for values in (columns, *(_values(row, columns) for row in rows)):
            cells = []
            for value in values:
                cell = WriteOnlyCell(sheet, value)
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _values(row: Cells, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in columns)


class Workbooks:
    """The workbooks for download. They hold no personal data, and are kept until the world is read again."""

    def __init__(self, context: FaceContext) -> None:
        self._context = context
        self._of: World | None = None
        self._kept: dict[tuple[str, str], bytes] = {}
        self._one = asyncio.Lock()

    async def show(self, request: web.Request) -> web.Response:
        """The form of a flow (``?county=410324``, or all counties)."""
        t, county = texts(), request.query.get("county", "")
        flow = next((flow for flow in field_flows() if flow.name == request.match_info["flow"]), None)
        world = self._context.world()
        if flow is None:
            forms = t("figure.comma").join(f"/forms/{flow.name}.xlsx" for flow in field_flows())
            return web.Response(status=404, text=t("xlsform.refused.flow", forms=forms))
        if county and (len(county) != 6 or not world.places.villages(county)):
            return web.Response(status=404, text=t("xlsform.refused.county"))
        async with self._one:
            if self._of is not world or len(self._kept) >= _MOST_KEPT:
                self._of, self._kept = world, {}
            if (flow.name, county) not in self._kept:
                today = china_date(self._context.clock.now())
                form = xlsform(flow, lambda say: world.given(say, today, county or None), county)
                self._kept[flow.name, county] = await asyncio.to_thread(workbook, form)
            body = self._kept[flow.name, county]
        name = f"nuandong-{flow.name}{f'-{county}' if county else ''}.xlsx"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=body, content_type=XLSX, headers=headers)
