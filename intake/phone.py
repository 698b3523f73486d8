"""Telephone numbers of the mainland: mobiles, and landlines with their area code, kept as E.164."""

import re
import unicodedata
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

_HAN_DIGITS = str.maketrans("〇零一幺壹二贰三叁四肆五伍六陆七柒八捌九玖", "001112233445566778899")
_WORDS = re.compile(r"(?:我的|我|手机|电话|座机|联系|号码|号|是|为|打|请)+")
_BETWEEN = re.compile(r"[\s()\[\].,:;。、·_\-‐-―−\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_KINDS = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


class Reason(StrEnum):
    """What is wrong with a number."""

    LETTERS = "letters"
    CHARACTERS = "characters"
    SERVICE = "service"
    AREA_CODE = "area_code"
    LENGTH = "length"
    UNKNOWN = "unknown"


class PhoneError(ValueError):
    """Not a number people can be reached at. ``digits`` is how many digits there were; the number is never quoted."""

    def __init__(self, reason: Reason, digits: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.digits = digits


def parse(text: str) -> str:
    """The number in E.164 (``+8613800001234``). Spaces, dashes, brackets, +86, full-width and Chinese digits are fine.

    Raises:
        PhoneError: letters (an O for a 0), other characters, a service number (12345, 10086), a landline without its
            area code, a wrong number of digits, or a number that no one on the mainland has.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text).translate(_HAN_DIGITS))
    plain = _WORDS.sub("", plain)
    if not re.fullmatch(r"\+?[0-9]+", plain):
        raise PhoneError(Reason.LETTERS if re.search(r"[A-Za-z]", plain) else Reason.CHARACTERS)
    digits = re.sub(r"^(?:\+|00)86|^86(?=1[0-9]{10}$)", "", plain)
    if digits.startswith("+") or len(digits) > 12:
        raise PhoneError(Reason.UNKNOWN if digits.startswith("+") else Reason.LENGTH, len(digits))
    mobile = digits.startswith("1") and not digits.startswith("10")
    if len(digits) <= 6:
        raise PhoneError(Reason.SERVICE if re.match(r"1[012]|9", digits) else Reason.LENGTH, len(digits))
    if len(digits) <= 8 and digits[0] in "2345678":
        raise PhoneError(Reason.AREA_CODE, len(digits))
    if mobile and len(digits) != 11:
        raise PhoneError(Reason.LENGTH, len(digits))
    number = _number(digits)
    if number is None or not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _KINDS:
        raise PhoneError(Reason.UNKNOWN, len(digits))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(e164: str) -> str:
    """The number as people here write it: ``138 0000 1234``, ``0379 6681 2345``."""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def mask(e164: str) -> str:
    """The number without its middle: ``138****1234``; a landline keeps its area code, ``0379****2345``."""
    number = phonenumbers.parse(e164)
    area = phonenumbers.length_of_geographical_area_code(number)
    digits = phonenumbers.national_significant_number(number)
    return f"0{digits[:area]}****{digits[area + 4 :]}" if area else f"{digits[:3]}****{digits[7:]}"


def _number(digits: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return None
