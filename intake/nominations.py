"""Who applies for another household: what they are to it, why it cannot apply itself, and how it agreed (form 1's
nominator). Kept sealed with the case, because L12 asks later: nobody decides on a case that they nominated."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from intake.access import Official
from intake.normalise import UnusableError

RELATIONS = ("group_leader", "cadre", "relative", "neighbour", "social_worker", "volunteer", "other")
"""What a nominator is to the household. An official whose account is bound is a ``cadre``."""
HINDRANCES = ("old", "disabled", "ill", "no_phone", "cannot_read", "away", "child", "other")
"""Why the person cannot apply."""
AGREEMENTS = ("self", "family", "guardian", "urgent")
"""How they agreed: by themselves, by family, by a guardian; or nobody could be asked and it is urgent."""
OWN = "own"
"""The relation of an official who applies from their own bound account without nominating anybody."""


@dataclass(frozen=True, slots=True)
class Nominator:
    """Who nominates. ``staff`` is the official's id, None where no account is bound: then name and phone are what the
    person says. ``reason`` is one of :data:`HINDRANCES`, ``consent`` of :data:`AGREEMENTS`; ``kin`` says that the
    household is declared to be family (L12). ``phone`` is E.164, or empty."""

    staff: int | None
    relation: str
    name: str
    phone: str = ""
    reason: str = ""
    consent: str = ""
    kin: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the case."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Nominator":
        """Read what :meth:`to_json` wrote; a field that an older release did not write is empty."""
        return cls(
            body.get("staff"),
            body.get("relation", "other"),
            body.get("name", ""),
            body.get("phone", ""),
            body.get("reason", ""),
            body.get("consent", ""),
            body.get("kin", False),
        )


def nominator_of(answers: Mapping[str, Any], official: Official | None) -> Nominator:
    """The nominator in the answers of the flow ``nominate``. The identity of a bound official counts, whatever the
    answers say.

    Raises:
        UnusableError: an answer is missing or is none of its codes.
    """
    relation = "cadre" if official else _code(answers, "relation", RELATIONS)
    name = official.name if official else answers.get("by_name")
    phone = answers.get("by_phone") or ""
    if not isinstance(name, str) or not name.strip():
        raise UnusableError("by_name")
    if not isinstance(phone, str) or not (phone or official):
        raise UnusableError("by_phone")
    return Nominator(
        staff=official.id if official else None,
        relation=relation,
        name=name.strip(),
        phone=phone,
        reason=_code(answers, "hindrance", HINDRANCES),
        consent=_code(answers, "agreement", AGREEMENTS),
        kin=relation == "relative" or answers.get("kin") is True,
    )


def own_application(official: Official | None) -> dict[str, Any] | None:
    """What is kept of an application from an official's bound account, so that they do not decide on it (L12)."""
    return Nominator(official.id, OWN, official.name).to_json() if official else None


def renewed(before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The nominator after the form was filled in again. An official who nominated once stays who they are (L12), and
    what was said of a nomination is not lost when its case is corrected by another form."""
    said = before if now is None or (before is not None and now.get("relation") == OWN) else now
    if said is None:
        return None
    acting = [known["staff"] for known in (before, now) if known and known.get("staff") is not None]
    return {**said, "staff": acting[0] if acting else None}


def _code(answers: Mapping[str, Any], field: str, known: tuple[str, ...]) -> str:
    value = answers.get(field)
    if value not in known:
        raise UnusableError(field)
    return str(value)
