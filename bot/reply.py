"""What the bot says in one turn, before a channel gives it its own form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SKIP = "skip"
"""The code of the choice that leaves an optional question out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer a person can give by its number or by a tap. ``id`` is ``question:code``, at most 64
    bytes; ``label`` is text in the person's language."""

    id: str
    label: str

    @property
    def skips(self) -> bool:
        """Whether it leaves an optional question out: it goes by 0, so that 3 at the question of a group is a group."""
        return self.id.endswith(f":{SKIP}")


def marked(choices: Sequence[Choice]) -> Iterator[tuple[int, Choice]]:
    """Each choice with the number that it is typed by."""
    return ((0 if choice.skips else number, choice) for number, choice in enumerate(choices, 1))


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the person. ``choices`` are offered as buttons where the channel has them, else as a numbered
    list; ``several`` says that more than one may be chosen (answered by typing their numbers). A form that was sent
    whole gets ``errors`` by question key, or ``made``: what it became (the number of a case, a receipt); ``of`` is the
    digest of the form, by which a key that was used for another one is noticed."""

    text: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    of: str = ""

    def to_json(self) -> dict[str, Any]:
        """The reply as the web channel sends it and as it is stored for a retry."""
        body: dict[str, Any] = {"text": self.text}
        if self.choices:
            body["choices"] = [{"id": choice.id, "label": choice.label} for choice in self.choices]
        if self.several:
            body["several"] = True
        if self.errors:
            body["errors"] = dict(self.errors)
        if self.made:
            body["made"] = dict(self.made)
        if self.of:
            body["of"] = self.of
        return body

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "Reply":
        """The inverse of :meth:`to_json`."""
        choices = tuple(Choice(c["id"], c["label"]) for c in body.get("choices", ()))
        several, errors, made = body.get("several", False), body.get("errors", {}), body.get("made", {})
        return cls(body["text"], choices, several, errors, made, body.get("of", ""))
