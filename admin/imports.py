"""Lists from workbooks: the empty ones, sending one in, and those that came before."""

import asyncio

from aiohttp import web
from sqlalchemy.exc import IntegrityError

from admin.call import Call
from admin.context import ListBook
from admin.gate import allow
from admin.listing import page_of, pages_of
from admin.paper import file
from admin.uploads import Upload, upload
from intake.access import OutOfAreaError
from intake.imports.keeping import Sent, digest_of, keep, prepare, same_file
from intake.imports.kinds import IMPORTERS, Kind
from intake.imports.read import BookError
from intake.models import Scheme
from intake.reads.imports import import_files
from intake.reads.seasons import current_scheme
from intake.scheme import SchemeContent
from locales.dates import long_date
from store.clock import china_date

KINDS = tuple(kind.value for kind in Kind)
LARGEST_FORM = 21 * 1024 * 1024
"""Bytes of a form with a workbook of 20 MiB."""


@allow(*IMPORTERS)
async def show_imports(call: Call) -> web.Response:
    """Where a file is chosen, and the files that were."""
    return await _show(call)


async def _show(call: Call) -> web.Response:
    page = page_of(call)
    async with call.reading() as db:
        files, total = await import_files(db, call.official, page)
    return call.page(
        "imports.html",
        call.form.status,
        kinds=tuple(Kind),
        chosen=call.form.choice("kind", KINDS) or Kind.APPLY.value,
        files=files,
        page=page,
        pages=pages_of(total),
    )


@allow(*IMPORTERS)
async def show_template(call: Call) -> web.Response:
    """The empty list of one kind."""
    kind = Kind(call.word("list"))
    return file(await lists(call).template(call.official, kind), "xlsx", f"nuandong-{kind.value}")


@allow(*IMPORTERS, largest=LARGEST_FORM)
async def do_read(call: Call) -> web.Response:
    """Read a file and keep it as a preview; the same file again leads to what came of it."""
    kind = Kind(call.form.choice("kind", KINDS) or Kind.APPLY)
    try:
        path = await _read(call, kind, await upload(call, "file", LARGEST_FORM))
    except BookError as error:
        call.form.wrong("file", f"import.book.{error.reason}", **error.params)
        return await _show(call)
    return call.on(path)


async def _read(call: Call, kind: Kind, book_file: Upload) -> str:
    if not book_file.content:
        raise BookError("none")
    scheme, content = await _season(call, kind)
    sent = Sent(book_file.name, digest_of(book_file.content), kind, lists(call).version(kind))
    async with call.changing() as unit:
        known = await same_file(unit, call.official, scheme.id, sent)
    if known is not None:
        return f"/admin/import/{known.id}?same=1"
    hit = content.disasters_of
    book = await lists(call).read(call.official, kind, book_file.content, lambda village: bool(hit(village)))
    prepared = await asyncio.to_thread(prepare, book)
    for last in (False, True):
        try:
            async with call.changing() as unit:
                file_id, fresh = await keep(unit, call.official, scheme.id, sent, prepared)
            break
        except IntegrityError:  # the same file came twice at one instant: the other one is there now
            if last:
                raise
    return f"/admin/import/{file_id}" + ("" if fresh else "?same=1")


async def _season(call: Call, kind: Kind) -> tuple[Scheme, SchemeContent]:
    async with call.reading() as db:
        found = await current_scheme(db, call.official)
    if found is None:
        raise BookError("no_scheme")
    scheme, content = found
    if kind.files and (scheme.closed_at is not None or not content.is_open(china_date(call.now))):
        days = {"opens": long_date(call.t, content.opens_on), "closes": long_date(call.t, content.closes_on)}
        raise BookError("not_open", **days)
    return found


def lists(call: Call) -> ListBook:
    """What reads and writes workbooks.

    Raises:
        OutOfAreaError: this console has none.
    """
    if call.context.lists is None:
        raise OutOfAreaError
    return call.context.lists
