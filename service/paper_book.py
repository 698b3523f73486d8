"""Form 1 on paper, drawn by the bot's faces for the console."""

import asyncio
from collections.abc import Callable

from admin.context import UnprintableError, VillageLink
from admin.qr import modules
from bot.answers.base import Given
from bot.faces.paper import Filed, Sheet, pdf, sheet, word
from bot.flows import FLOWS
from intake.nominations import Nominator
from intake.papers.glyphs import MissingGlyphsError
from intake.papers.qr import Code
from intake.reads.form1 import Form1
from locales import Texts, texts
from locales.dates import long_date
from service.world import KnownWorld
from store.clock import Clock, china_date

_DRAWN: dict[str, Callable[[Sheet], bytes]] = {"docx": word, "pdf": pdf}


class PaperBook:
    """An :class:`admin.context.PaperBook` over the flow ``apply``: the official form, in Chinese."""

    def __init__(self, world: KnownWorld, clock: Clock) -> None:
        self._world = world
        self._clock = clock

    async def blank(self, village: str, link: VillageLink, kind: str) -> bytes:
        """The blank form of a village, with the code that opens ``link``.

        Raises:
            UnprintableError: a character cannot be printed.
        """
        t = texts()
        until = (t("paper.until", date=long_date(t, china_date(link.until))),) if link.until else ()
        code = Code(modules(link.url), (t("paper.scan"), *until))
        return await _drawn(sheet(FLOWS["apply"], self._given(t, village), village, code=code), kind)

    async def filled(self, form: Form1, kind: str) -> bytes:
        """The form of a case.

        Raises:
            UnprintableError: a character cannot be printed.
        """
        t = texts()
        filed = Filed(form.number, form.filed_on, _named(t, form.nominator) if form.nominator else "")
        return await _drawn(
            sheet(FLOWS["apply"], self._given(t, form.village), form.village, form.answers, filed), kind
        )

    def _given(self, t: Texts, village: str) -> Given:
        return self._world().given(t, china_date(self._clock.now()), village)


def _named(t: Texts, nominator: Nominator) -> str:
    return t("paper.nominator", name=nominator.name, relation=t(f"nominate.relation.{nominator.relation}"))


async def _drawn(page: Sheet, kind: str) -> bytes:
    try:
        return await asyncio.to_thread(_DRAWN[kind], page)
    except MissingGlyphsError as error:
        raise UnprintableError(error.characters) from error
