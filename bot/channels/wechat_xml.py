"""WeChat's XML: reading the flat fields of a push, writing the passive reply.

A push is one element whose children are fields, so expat and a dictionary are enough, and hostile documents (DTD,
entities, deep nesting) are refused while they are read.
"""

import re
from xml.parsers.expat import ExpatError, ParserCreate

_DEPTH = 6
"""Deepest element that real pushes have (a list inside a subscription event), with one to spare."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot carry."""


class XmlError(ValueError):
    """Not a push."""


def read_fields(body: bytes) -> dict[str, str]:
    """The fields directly under the root, without the space around their values; deeper ones are left out.

    Raises:
        XmlError: malformed, with a document type or entities, nested too deeply, or a field given twice.
    """
    fields: dict[str, str] = {}
    path: list[str] = []
    pieces: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        path.append(name)
        if len(path) == 2:
            pieces.clear()
        elif len(path) > _DEPTH:
            raise XmlError

    def text(piece: str) -> None:
        if len(path) == 2:
            pieces.append(piece)

    def end(name: str) -> None:
        if len(path) == 2:
            if name in fields:
                raise XmlError
            fields[name] = "".join(pieces).strip()
        path.pop()

    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        raise XmlError from error
    return fields


def _refuse(*_declaration: object) -> None:
    """Stop at a document type or an entity."""
    raise XmlError


def text_reply(to: str, sender: str, seconds: int, text: str) -> str:
    """A passive text reply. ``]]>`` in the text cannot close its section; ``to`` and ``sender`` are checked by who
    reads them."""
    safe = _UNWRITABLE.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return (
        f"<xml><ToUserName><![CDATA[{to}]]></ToUserName><FromUserName><![CDATA[{sender}]]></FromUserName>"
        f"<CreateTime>{seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{safe}]]></Content></xml>"
    )


def sealed_reply(sealed: str, signature: str, seconds: str, nonce: str) -> str:
    """An encrypted reply with its signature."""
    return (
        f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
        f"<TimeStamp>{seconds}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    )
