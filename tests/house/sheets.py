"""The forms of a page, as a browser would send them untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Sheet:
    """A form: where it goes, and what stands in its fields; of a choice the first, of files nothing."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Sheets(HTMLParser):
    """Reads the forms that are posted."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Sheet] = []
        self._open: Sheet | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Sheet(said.get("action", "")) if said.get("method") == "post" else None
            self.found += [self._open] if self._open else []
        if self._open is None:
            return
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option":
            self._open.fields[self._select] = self._open.fields.get(self._select) or value
        elif tag in ("input", "button", "textarea") and name and said.get("type") != "file":
            self._open.fields.setdefault(name, value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
