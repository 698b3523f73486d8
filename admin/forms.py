"""What a person typed into a page, read into values; what is wrong stays beside its field, with an example of right."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, time

from admin.words import No, refusal
from intake.moves import RefusedError, Shown
from intake.procedure import State
from intake.rules import Refusal
from locales import Texts

_DAY = re.compile(r"((?:19|20|21)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_AMOUNT = re.compile(r"[¥￥]?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?元?")
_COUNT = re.compile("[0-9]{1,6}")
_MOST = 100_000
_LONGEST_NUMBER = 19
"""Digits: those of an id."""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


class Form:
    """The typed fields of one page. Reading a field wrongly typed gives a harmless value and notes an error."""

    def __init__(self, t: Texts, typed: Mapping[str, str] | None = None) -> None:
        self._t = t
        self.typed = typed or {}
        self.errors: dict[str, str] = {}
        self.refusals: dict[int, No] = {}
        self._late = False

    def value(self, name: str, default: str = "") -> str:
        """What stands in the field: as typed, else the default."""
        return self.typed.get(name, default)

    def text(self, name: str) -> str:
        """The text without spaces around it."""
        return self.typed.get(name, "").strip()

    def wrong(self, name: str, key: str, **params: object) -> None:
        """Note what is wrong with a field."""
        self.errors[name] = self._t(key, **params)

    def count(self, name: str) -> int:
        """A whole number of people or votes, 0 and more."""
        plain = _plain(self.text(name))
        if not plain:
            self.wrong(name, "admin.wrong.count_missing")
        elif _COUNT.fullmatch(plain) is None or int(plain) > _MOST:
            self.wrong(name, "admin.wrong.count", typed=self.text(name)[:20])
        else:
            return int(plain)
        return 0

    def amount_fen(self, name: str) -> int | None:
        """Yuan as typed (``1,234.50``, ``300元``) in fen; None if nothing was typed."""
        plain = _plain(self.text(name))
        if not plain:
            return None
        found = _AMOUNT.fullmatch(plain)
        if found is None:
            self.wrong(name, "admin.wrong.amount", typed=self.text(name)[:20])
            return None
        return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))

    def day(self, name: str) -> date | None:
        """A day of these centuries (``2022-11-01``, ``2022年11月1日``)."""
        found = _DAY.fullmatch(_plain(self.text(name)))
        if found is not None:
            with suppress(ValueError):
                return date(*map(int, found.groups()))
        typed = self.text(name)[:20]
        if typed:
            self.wrong(name, "admin.wrong.day", typed=typed)
        else:
            self.wrong(name, "admin.wrong.day_missing")
        return None

    def hour(self, name: str, missing: str = "") -> time | None:
        """A time of the day (``14:30``); ``missing`` is the key of what is said where nothing was typed."""
        plain = _plain(self.text(name))
        if not plain:
            if missing:
                self.wrong(name, missing)
            return None
        found = _HOUR.fullmatch(plain)
        if found is not None:
            with suppress(ValueError):
                return time(int(found[1]), int(found[2]))
        self.wrong(name, "admin.wrong.hour", typed=self.text(name)[:20])
        return None

    def choice(self, name: str, among: Collection[str]) -> str:
        """One of the offered codes, or empty where none of them was chosen."""
        chosen = self.text(name)
        return chosen if chosen in among else ""

    def shown(self, state: State, case_id: int) -> Shown:
        """How the page showed a case: in this state, and with what the fields ``revision-`` and ``filed-`` hold."""
        return Shown(state, self.number(f"revision-{case_id}"), self.number(f"filed-{case_id}"))

    def number(self, name: str) -> int | None:
        """What a hidden field of the page says that it showed; None where it says none."""
        told = self.text(name)
        return int(told) if told.isascii() and told.isdigit() and len(told) <= _LONGEST_NUMBER else None

    def against(self, name: str, said: Refusal) -> None:
        """Note beside a field what a rule says against it, with the rule's code."""
        no = refusal(self._t, said)
        self.errors.setdefault(name, f"{no.rule} {no.text}")
        self._late |= no.conflict

    def refuse(self, error: RefusedError, moved: Mapping[int, str]) -> None:
        """Keep what the procedure refused, by case; 0 is the whole page. ``moved`` says who was faster."""
        self.refusals = {
            case_id: refusal(self._t, said, moved.get(case_id, "")) for case_id, said in error.refusals.items()
        }

    @property
    def overtaken(self) -> bool:
        """Whether all that is wrong is that others, or the official before, had moved the cases."""
        return not self.errors and all(no.conflict for no in self.refusals.values())

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form again: 409 where someone was faster, else 422."""
        if self._late or any(no.conflict for no in self.refusals.values()):
            return 409
        return 422 if self.refusals or self.errors else 200
