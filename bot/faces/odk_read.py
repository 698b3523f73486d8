"""Reading what ODK and KoboToolbox export: CSV, JSON, or the XML of one submission. Pure.

A submission's fields stand under their paths (``group/head``, in CSV of ODK Central ``group-head``), whose last part is
the question's key.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

import orjson

from bot.faces.xlsform import FORM

LARGEST = 64 * 1024 * 1024
"""Bytes of a file."""
_DEPTH = 12
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_INSTANCE = ("instanceID", "KEY", "__id", "_uuid")
_DEVICE = ("deviceid", "SubmitterID", "submitterId", "_submitted_by")
_PLAIN = re.compile(r"[!-~]+")
_LONGEST_INSTANCE, _LONGEST_DEVICE = 80, 64
_NOTHING = ("", "n/a")
"""What stands in an export where a question was not asked."""
_TICKED = ("1", "true")


class OdkFileError(ValueError):
    """Not a file of submissions. ``reason`` is a fixed word: ``large``, ``kind``, ``csv``, ``json``, ``xml``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Record:
    """One submission. ``line`` is where it stands in its file: the row of a table, with its heading, else its number.
    ``instance`` is what it is known by however often it comes, empty where the file does not say."""

    line: int
    instance: str
    device: str
    fields: Mapping[str, Any]

    @property
    def flow(self) -> str:
        """The flow that its form was made from."""
        return str(self.value(FORM) or "")

    def value(self, key: str) -> Any:
        """The field of a question; None where it has none."""
        found = next((value for path, value in self.fields.items() if _parts(path)[-1] == key), None)
        found = found.strip() if isinstance(found, str) else found
        return None if found in _NOTHING else found

    def several(self, key: str) -> list[str]:
        """The codes that were ticked: in one field with blanks between them, or each in a column of its own."""
        value = self.value(key)
        if isinstance(value, list):
            return [str(code) for code in value]
        if value is not None:
            return str(value).split()
        columns = ((_parts(path), ticked) for path, ticked in self.fields.items())
        return [
            parts[-1]
            for parts, ticked in columns
            if len(parts) > 1 and parts[-2] == key and str(ticked).strip().lower() in _TICKED
        ]


def read(name: str, body: bytes) -> list[Record]:
    """The submissions in a file, by the end of its name.

    Raises:
        OdkFileError: it is not one.
    """
    if len(body) > LARGEST:
        raise OdkFileError("large")
    rows: list[tuple[int, dict[str, Any]]]
    match name.lower().rpartition(".")[2]:
        case "csv" | "tsv":
            rows = list(_csv(_text(body)))
        case "json":
            rows = list(enumerate(_json(body), 1))
        case "xml":
            rows = [(1, _xml(body))]
        case _:
            raise OdkFileError("kind")
    return [_record(line, fields) for line, fields in rows]


def _record(line: int, fields: Mapping[str, Any]) -> Record:
    lasts = {_parts(path)[-1]: str(value).strip() for path, value in fields.items() if value not in (None, "")}
    instance = next((lasts[key] for key in _INSTANCE if key in lasts), "")
    device = next((lasts[key] for key in _DEVICE if key in lasts), "")
    instance = f"uuid:{instance.lower()}" if _UUID.fullmatch(instance) else instance
    return Record(line, _bounded(instance, _LONGEST_INSTANCE), _bounded(device, _LONGEST_DEVICE), fields)


def _bounded(text: str, longest: int) -> str:
    """A short plain name as it is, any other by its fingerprint."""
    if not text or (len(text) <= longest and _PLAIN.fullmatch(text)):
        return text
    return f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:48]}"


def _parts(path: str) -> list[str]:
    return re.split(r"[/-]", path)


def _text(body: bytes) -> str:
    """UTF-8, or what Chinese offices save; nothing else is guessed."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OdkFileError("csv")


def _csv(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    heading = text.partition("\n")[0]
    parted = max(",;\t", key=heading.count)
    try:
        reader = csv.DictReader(StringIO(text, newline=""), delimiter=parted, strict=True)
        if not reader.fieldnames:
            raise OdkFileError("csv")
        for number, row in enumerate(reader, 2):
            if None in row:
                raise OdkFileError("csv")
            yield number, {key: value for key, value in row.items() if value is not None}
    except csv.Error as error:
        raise OdkFileError("csv") from error


def _json(body: bytes) -> Iterator[dict[str, Any]]:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise OdkFileError("json") from error
    if isinstance(document, dict):
        document = document.get("results", document.get("value", [document]))
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise OdkFileError("json")
    for row in document:
        yield dict(_flat(row, ""))


def _flat(value: Mapping[str, Any], above: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if depth > _DEPTH:
        raise OdkFileError("json")
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{above}{key}/", depth + 1)
        else:
            yield f"{above}{key}", inner


def _xml(body: bytes) -> dict[str, Any]:
    """The leaves of a submission's document; document types and entities are refused while it is read."""
    fields: dict[str, Any] = {}
    path: list[str] = []
    pieces: list[str] = []

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        pieces.clear()
        if len(path) > _DEPTH:
            raise OdkFileError("xml")

    def end(_name: str) -> None:
        if len(path) > 1 and (value := "".join(pieces).strip()):
            fields.setdefault("/".join(path[1:]), value)
        pieces.clear()
        path.pop()

    def refuse(*_declaration: object) -> None:
        raise OdkFileError("xml")

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = pieces.append
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        raise OdkFileError("xml") from error
    return fields
