"""Form 1 on paper: blank for a village, or filled in from a case."""

from aiohttp import web

from admin.call import Call
from admin.context import PaperBook, UnprintableError
from admin.gate import CASE_READERS, allow
from admin.poster import POSTERS, village_link
from intake.access import access_village
from intake.events import Event
from intake.reads.form1 import form1
from locales import figures

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@allow(*POSTERS)
async def show_blank(call: Call) -> web.Response:
    """A village's blank form, with the code that opens the chat there."""
    async with call.reading() as db:
        village = await access_village(db, call.official, call.word("code"))
    link, _ = await village_link(call, village.code)
    papers, kind = _papers(call), call.word("kind")
    try:
        drawn = await papers.blank(village.code, link, kind)
    except UnprintableError as error:
        return missing(
            call, error.characters, f"/admin/village/{village.code}/form.docx", f"/admin/village/{village.code}/qr"
        )
    return file(drawn, kind, f"form1-{village.code}")


@allow(*CASE_READERS)
async def do_print(call: Call) -> web.Response:
    """A case's form with its open personal data; who printed it stays in the event chain. What cannot be printed
    leaves no event."""
    async with call.reading() as db:
        form = await form1(db, call.official, call.id)
    papers, kind = _papers(call), call.word("kind")
    try:
        drawn = await papers.filled(form, kind)
    except UnprintableError as error:
        return missing(call, error.characters, f"/admin/case/{call.id}/form.docx", f"/admin/case/{call.id}", post=True)
    async with call.changing() as unit:
        data = {"form": "form1", "as": kind}
        unit.journal.add(Event(unit.now, call.official.actor, "paper.printed", f"case:{call.id}", data))
    return file(drawn, kind, f"form1-{form.number}")


def _papers(call: Call) -> PaperBook:
    if call.context.papers is None:
        raise web.HTTPNotFound(text=call.t("admin.paper.off"))
    return call.context.papers


def file(drawn: bytes, kind: str, name: str) -> web.Response:
    """A document to be kept, under a name of plain letters."""
    disposition = f'attachment; filename="{name}.{kind}"'
    return web.Response(body=drawn, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


def missing(call: Call, characters: tuple[str, ...], word: str, back: str, *, post: bool = False) -> web.Response:
    """What cannot be printed, by name, and the Word document instead; ``word`` is empty where there is none."""
    named = (call.t("admin.paper.character", character=one, point=f"{ord(one):04X}") for one in characters[:_NAMED])
    key = "admin.paper.missing" if word else "admin.paper.missing_anywhere"
    said = call.t(key, characters=figures.listed(call.t, named))
    typed = {name: value for name, value in call.form.typed.items() if name != "csrf"} if post else {}
    return call.page("paper_missing.html", 422, said=said, word=word, back=back, post=post, typed=typed)


_NAMED = 10
"""How many characters are named at the most."""
