"""From the answers that were sent to the facts of a case: one strict reading, whatever the channel."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from intake.codes import CATEGORIES, DISASTERS, RELIEFS
from intake.id_number import IdNumberError
from intake.id_number import parse as parse_id_number
from intake.phone import PhoneError
from intake.phone import parse as parse_phone


class UnusableError(ValueError):
    """The answers do not make an application. ``field`` names the first one that is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Facts:
    """Form 1, normalised: an 18-digit ID number, an E.164 phone, a village code, codes for choices. ``borrowed`` says
    that the household has no phone and is reached at its nominator's."""

    head: str
    id_number: str
    phone: str
    household_size: int
    persons_in_need: int
    village: str
    group: str
    categories: list[str]
    disasters: list[str]
    reliefs: list[str]
    reason: str
    remarks: str
    borrowed: bool = False

    def circumstances(self) -> dict[str, Any]:
        """What belongs to the case of this season, without who the household is."""
        identity = {"head", "id_number", "phone", "borrowed"}
        return {key: value for key, value in asdict(self).items() if key not in identity}


def normalise(answers: Mapping[str, Any], today: date, nominator_phone: str = "") -> Facts:
    """Read the answers of an application. A household without a phone of its own is reached at ``nominator_phone``.

    Raises:
        UnusableError: an answer is missing or is not what its field takes.
    """
    size = _count(answers, "household_size", 1, 50)
    village = _text(answers, "village", 12)
    if len(village) != 12 or not village.isdecimal():
        raise UnusableError("village")
    try:
        id_number = parse_id_number(_text(answers, "id_number", 18), today).number18
    except IdNumberError as error:
        raise UnusableError("id_number") from error
    own = _text(answers, "phone", 20, needed=not nominator_phone)
    try:
        phone = parse_phone(own or nominator_phone)
    except PhoneError as error:
        raise UnusableError("phone") from error
    return Facts(
        head=_text(answers, "head", 60),
        id_number=id_number,
        phone=phone,
        household_size=size,
        persons_in_need=_count(answers, "persons_in_need", 1, size),
        village=village,
        group=_text(answers, "group", 60, needed=False),
        categories=_codes(answers, "categories", CATEGORIES),
        disasters=_codes(answers, "disasters", DISASTERS),
        reliefs=_codes(answers, "reliefs", RELIEFS),
        reason=_text(answers, "reason", 500),
        remarks=_text(answers, "remarks", 500, needed=False),
        borrowed=not own,
    )


def _text(answers: Mapping[str, Any], field: str, longest: int, *, needed: bool = True) -> str:
    value = answers.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or len(value) > longest or (needed and not value.strip()):
        raise UnusableError(field)
    return value.strip()


def _count(answers: Mapping[str, Any], field: str, low: int, high: int) -> int:
    value = answers.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise UnusableError(field)
    return value


def _codes(answers: Mapping[str, Any], field: str, known: tuple[str, ...]) -> list[str]:
    value = answers.get(field)
    if not isinstance(value, list) or not value or not set(value) <= set(known):
        raise UnusableError(field)
    return [code for code in known if code in value]
