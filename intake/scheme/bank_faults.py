"""What is wrong with the banks of a scheme, before a file goes to one. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from intake.scheme.banks import CARD, ENCODINGS, FEN, FIELDS, FORMATS, YUAN, Bank
from intake.scheme.content import SchemeContent
from intake.scheme.fault import Fault

MOST = 20
"""Banks of one county."""
LONGEST = 60
"""Characters of a heading, a name or a word."""
MOST_COLUMNS = 30
_CODE = re.compile(r"[a-z0-9_]{1,16}")
_PREFIX = re.compile(r"[0-9]{1,12}")


def bare(text: object) -> str:
    """A heading or word of a bank's file as it is compared: wide letters as narrow ones, without blanks."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def bank_faults(content: SchemeContent) -> Iterator[Fault]:
    """Everything that is wrong, by ``banks.<place>.<field>``."""
    if len(content.banks) > MOST:
        yield Fault("banks", "bank_many", {"most": MOST})
    codes = Counter(bank.code for bank in content.banks)
    prefixes = Counter(prefix for bank in content.banks for prefix in bank.prefixes or ("",))
    for place, bank in enumerate(content.banks, 1):
        at = f"banks.{place}"
        if not isinstance(bank.code, str) or not _CODE.fullmatch(bank.code) or codes[bank.code] > 1:
            yield Fault(f"{at}.code", "bank_code", {"given": bank.code})
        if not _text(bank.name):
            yield Fault(f"{at}.name", "bank_text", {"given": bank.name, "longest": LONGEST})
        for prefix in bank.prefixes:
            if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
                yield Fault(f"{at}.prefixes", "bank_prefix", {"given": prefix})
            elif prefixes[prefix] > 1:
                yield Fault(f"{at}.prefixes", "bank_prefix_twice", {"given": prefix})
        if not bank.prefixes and prefixes[""] > 1:
            yield Fault(f"{at}.prefixes", "bank_rest")
        yield from _file(at, bank)
        yield from _returned(at, bank)


def _text(text: object, longest: int = LONGEST) -> bool:
    return isinstance(text, str) and len(text.strip()) > 0 and len(text) <= longest


def _file(at: str, bank: Bank) -> Iterator[Fault]:
    if bank.format not in FORMATS:
        yield Fault(f"{at}.format", "codes", {"codes": (str(bank.format),), "known": FORMATS})
    if bank.encoding not in ENCODINGS:
        yield Fault(f"{at}.encoding", "codes", {"codes": (str(bank.encoding),), "known": ENCODINGS})
    if not isinstance(bank.headings, bool):
        yield Fault(f"{at}.headings", "yes_no", {"given": bank.headings})
    if not isinstance(bank.remark, str) or len(bank.remark) > LONGEST:
        yield Fault(f"{at}.remark", "bank_text", {"given": bank.remark, "longest": LONGEST})
    fields = [column.field for column in bank.columns]
    unknown = tuple(str(one) for one in fields if one not in FIELDS)
    if unknown:
        yield Fault(f"{at}.columns", "codes", {"codes": unknown, "known": FIELDS})
    if not all(_text(column.heading) for column in bank.columns) or len(fields) > MOST_COLUMNS:
        yield Fault(f"{at}.columns", "bank_columns", {"most": MOST_COLUMNS})
    elif CARD not in fields or not {YUAN, FEN} & set(fields):
        yield Fault(f"{at}.columns", "bank_no_amount")


def _returned(at: str, bank: Bank) -> Iterator[Fault]:
    answer = bank.returned
    named = [answer.card, answer.amount, answer.result, *([answer.reason] if answer.reason else [])]
    if not all(_text(one) for one in named) or len({bare(one) for one in named}) < len(named):
        yield Fault(f"{at}.returned", "bank_returned")
    if not isinstance(answer.fen, bool):
        yield Fault(f"{at}.returned.fen", "yes_no", {"given": answer.fen})
    for name, words in (("paid", answer.paid), ("failed", answer.failed)):
        if not words or not all(_text(word) for word in words):
            yield Fault(f"{at}.returned.{name}", "bank_words")
    both = {bare(word) for word in answer.paid} & {bare(word) for word in answer.failed}
    if both:
        yield Fault(f"{at}.returned.failed", "bank_word_twice", {"given": min(both)})
