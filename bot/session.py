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
class Aside:
    """A small question beside the bookmark, which stays: ``kind`` is ``language``, ``heard`` (is this what you said?),
    ``old`` (an old button: change that answer?) or ``erase`` (delete what was filled in?), ``about`` what it is about,
    ``media`` the voice that was heard."""

    kind: str
    about: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One contact's way through one flow.

    ``at`` is a question's key or one of the bookmarks above; ``misses`` counts answers in a row that were not
    understood; ``offered`` are the values that the person picks from by number (a place, say), ``page`` which part of
    them is shown; ``edited`` is the question changed from the summary; ``aside`` a small question beside;
    ``collected`` what came so far for a question that takes several messages; ``voices`` the voices kept;
    ``fresh`` says that no answer is the person's own yet; ``mark`` tells its buttons from those of an earlier draft.
    ``facts`` are what the host knows, never stored.
    """

    flow: str
    version: int
    at: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    misses: int = 0
    offered: tuple[str, ...] = ()
    page: int = 0
    edited: str = ""
    aside: Aside | None = None
    collected: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    fresh: bool = False
    mark: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def media(self) -> frozenset[str]:
        """The photos and voices that it refers to."""
        found = {*self.voices, *self.collected}
        for answer in self.answers.values():
            if isinstance(answer, list):
                found.update(map(str, answer))
        return frozenset(found)

    @property
    def seen(self) -> Mapping[str, Any]:
        """What conditions look at: the answers and the facts."""
        return {**self.facts, **self.answers} if self.facts else self.answers

    def to_json(self) -> dict[str, Any]:
        """The session as it is stored; empty fields are left out."""
        body: dict[str, Any] = {"version": self.version, "at": self.at, "answers": dict(self.answers)}
        for name in ("misses", "page", "edited", "fresh", "mark"):
            if value := getattr(self, name):
                body[name] = value
        for name in ("offered", "collected", "voices"):
            if value := getattr(self, name):
                body[name] = list(value)
        if self.aside:
            body["aside"] = [self.aside.kind, self.aside.about, self.aside.media]
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
            body.get("page", 0),
            body.get("edited", ""),
            Aside(*body["aside"]) if "aside" in body else None,
            tuple(body.get("collected", ())),
            tuple(body.get("voices", ())),
            body.get("fresh", False),
            body.get("mark", ""),
        )
