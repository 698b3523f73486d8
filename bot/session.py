"""Where a person is in a flow. The answers are the truth; ``at`` is only a bookmark."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REVIEW = "#review"
"""The bookmark of the summary."""
EDIT = "#edit"
"""The bookmark of «which answer shall be changed?»."""
RESUME = "#resume"
"""The bookmark of «go on, begin anew, or look first?»."""


@dataclass(frozen=True, slots=True)
class Session:
    """One contact's way through one flow.

    ``at`` is a question's key or one of the bookmarks above; ``misses`` counts answers in a row that were not
    understood; ``offered`` are the values that the person picks from by number (a place, say); ``edited`` is the
    question changed from the summary.
    """

    flow: str
    version: int
    at: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    misses: int = 0
    offered: tuple[str, ...] = ()
    edited: str = ""

    def to_json(self) -> dict[str, Any]:
        """The session as it is stored; empty fields are left out."""
        body: dict[str, Any] = {"version": self.version, "at": self.at, "answers": dict(self.answers)}
        if self.misses:
            body["misses"] = self.misses
        if self.offered:
            body["offered"] = list(self.offered)
        if self.edited:
            body["edited"] = self.edited
        return body

    @classmethod
    def from_json(cls, flow: str, body: Mapping[str, Any]) -> "Session":
        """Read what :meth:`to_json` wrote."""
        return cls(
            flow,
            body["version"],
            body["at"],
            body["answers"],
            body.get("misses", 0),
            tuple(body.get("offered", ())),
            body.get("edited", ""),
        )
