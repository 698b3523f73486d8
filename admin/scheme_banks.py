"""The banks of a scheme in the console's form: read, filled in, and told in words. A column is a line such as
``heading=what stands in it``."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from admin.forms import Form
from intake.scheme import SchemeContent
from intake.scheme.bank_faults import MOST, bare
from intake.scheme.banks import ENCODINGS, FIELDS, FORMATS, Bank, Column, Returned, usual
from intake.scheme.groups import listed
from locales import Texts, figures, texts

PARTS = (
    "code",
    "name",
    "prefixes",
    "format",
    "encoding",
    "headings",
    "remark",
    "columns",
    "returned.card",
    "returned.amount",
    "returned.result",
    "returned.reason",
    "returned.fen",
    "returned.paid",
    "returned.failed",
)
_YES = {True: "yes", False: "no"}


def filled_banks(content: SchemeContent) -> dict[str, str]:
    """The banks as they stand in the fields, and one more with the usual columns, to be given a name."""
    made: dict[str, str] = {}
    for place, bank in enumerate(content.banks, 1):
        made |= _filled(f"banks.{place}", bank)
    if len(content.banks) < MOST:
        spare = f"banks.{len(content.banks) + 1}"
        made |= _filled(spare, usual()) | {f"{spare}.name": "", f"{spare}.code": ""}
    return made


def _filled(at: str, bank: Bank) -> dict[str, str]:
    mark, answer = texts()("figure.comma"), bank.returned
    values = {
        "code": bank.code,
        "name": bank.name,
        "prefixes": mark.join(bank.prefixes),
        "format": bank.format,
        "encoding": bank.encoding,
        "headings": _YES[bool(bank.headings)],
        "remark": bank.remark,
        "columns": "\n".join(f"{one.heading}={_name(one.field)}" for one in bank.columns),
        "returned.card": answer.card,
        "returned.amount": answer.amount,
        "returned.result": answer.result,
        "returned.reason": answer.reason,
        "returned.fen": _YES[bool(answer.fen)],
        "returned.paid": mark.join(answer.paid),
        "returned.failed": mark.join(answer.failed),
    }
    return {f"{at}.{part}": value for part, value in values.items()}


def _name(field: str) -> str:
    key = f"bank_field.{field}"
    return texts()(key) if texts().has(key) else field


@cache
def _fields() -> Mapping[str, str]:
    """What may stand in a column, by its name and by its code."""
    return {**{bare(_name(field)): field for field in FIELDS}, **{field: field for field in FIELDS}}


def banks(form: Form, content: SchemeContent) -> dict[str, Any]:
    """The banks that were typed; one without a name is none."""
    form.typed = _closed_up(form.typed)
    taken = {bank.code for bank in content.banks}
    made = []
    for place in range(1, MOST + 2):
        at = f"banks.{place}"
        if not form.text(f"{at}.name"):
            break
        code = form.text(f"{at}.code") or _free(taken)
        taken.add(code)
        made.append(_bank(form, at, code))
    return {"banks": tuple(made)}


def _free(taken: set[str]) -> str:
    return next(code for number in range(1, len(taken) + 2) if (code := f"bank{number}") not in taken)


def _bank(form: Form, at: str, code: str) -> Bank:
    return Bank(
        code=code,
        name=form.text(f"{at}.name"),
        prefixes=listed(form.text(f"{at}.prefixes")),
        format=form.choice(f"{at}.format", FORMATS) or FORMATS[0],
        encoding=form.choice(f"{at}.encoding", ENCODINGS) or ENCODINGS[0],
        headings=form.text(f"{at}.headings") != "no",
        remark=form.text(f"{at}.remark"),
        columns=tuple(_columns(form, f"{at}.columns")),
        returned=Returned(
            card=form.text(f"{at}.returned.card"),
            amount=form.text(f"{at}.returned.amount"),
            result=form.text(f"{at}.returned.result"),
            reason=form.text(f"{at}.returned.reason"),
            fen=form.text(f"{at}.returned.fen") == "yes",
            paid=listed(form.text(f"{at}.returned.paid")),
            failed=listed(form.text(f"{at}.returned.failed")),
        ),
    )


def _columns(form: Form, name: str) -> Iterator[Column]:
    for number, line in enumerate(form.text(name).splitlines(), 1):
        if not line.strip():
            continue
        heading, _, what = line.replace("＝", "=").partition("=")
        field = _fields().get(bare(what))
        if field is None:
            if name not in form.errors:  # the first line that is wrong; the next ones follow when it is mended
                form.wrong(name, "admin.scheme.wrong.bank_column", n=number, typed=line.strip()[:20])
            continue
        yield Column(heading.strip(), field)


def _closed_up(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields with the banks counted anew where one without a name lay between."""
    kept = {name: value for name, value in typed.items() if not name.startswith("banks.")}
    places = range(1, MOST + 2)
    named = [place for place in places if typed.get(f"banks.{place}.name", "").strip()]
    spare = [place for place in places if place not in named and f"banks.{place}.name" in typed]
    for new, old in enumerate((*named, *spare), 1):
        kept |= {f"banks.{new}.{part}": typed.get(f"banks.{old}.{part}", "") for part in PARTS}
    return kept


def told(t: Texts, content: SchemeContent) -> Iterator[tuple[str, str, str, str]]:
    """Each bank in words."""
    for bank in content.banks:
        prefixes = figures.listed(t, bank.prefixes) or t("admin.scheme.bank_rest")
        columns = figures.listed(t, (f"{one.heading}={_name(one.field)}" for one in bank.columns))
        answer = bank.returned
        named = figures.listed(t, filter(None, (answer.card, answer.amount, answer.result, answer.reason)))
        text = t(
            "admin.scheme.bank_told",
            prefixes=prefixes,
            format=bank.format if bank.format == FORMATS[0] else f"{bank.format} {bank.encoding}",
            columns=columns,
            remark=bank.remark or t("admin.none"),
            returned=named,
            paid=figures.listed(t, answer.paid),
            failed=figures.listed(t, answer.failed),
        )
        yield "banks", f"banks.{bank.code}", bank.name, text
