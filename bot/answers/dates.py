"""Days as people write them: 11月18日, 18号, 2022-11-18, 11.18, 昨儿, 3天前, 上周三. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.answers.numerals import CHARACTERS, number
from bot.answers.words import plain, unadorned

_N = rf"[0-9]{{1,4}}|[{CHARACTERS}]{{1,4}}"
_DAY_END = r"[日号]?"
_LEAD = re.compile(r"^(?:那个|嗯+|呃|就|大概|应该|好像|可能|我?是|在|阳历|公历|新历|[,、\s])+")
_TAIL = re.compile(
    r"(?:早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜|那天|那会儿?|的时候|去的|来的|的|了|吧|啊|呀|呢|哦|[。.!,\s])+$"
)
_DOUBT = re.compile("大概|好像|应该|可能|左右|前后")
_LUNAR = re.compile(r"农历|阴历|旧历|腊月|正月|冬月|初[一二三四五六七八九十]|十五过后|立冬|小雪|大雪|冬至|小寒|大寒")
_ABOUT = re.compile(
    r"几|多天|多个|大概|左右|上下|上个?[月周]|上个?(?:星期|礼拜)|[0-9一二三四五六七八九十]月$|前阵|前段|前些|最近|刚|才|好像|可能|月[初中底]|不久|老早|去年|前年"
)
_AHEAD = re.compile(r"明[天日儿]|后[天日儿]|下(?:个月|月|周|星期|礼拜)|明年")
_WORDS_AGO = (
    "今天 今儿 今儿个 今日 今早 今晚 今 刚刚 刚才",
    "昨天 昨儿 昨儿个 昨日 昨晚 昨 夜个 夜儿 夜儿个 昨儿黑",
    "前天 前儿 前儿个 前日 前晚 前个",
    "大前天 大前儿 大前儿个 大前日",
)
_AGO = {word: days for days, words in enumerate(_WORDS_AGO) for word in words.split()}
_DAYS_AGO = re.compile(rf"(?P<days>{_N})天(?:之前|以前|前)")
_WEEKDAY = re.compile(r"(?P<which>上上|上个?|这个?|本)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-6])")
_FULL = re.compile(
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}(?=年)|今年|去年)\s*[年./-]?\s*(?P<month>{_N})\s*[月./-]\s*(?P<day>{_N}){_DAY_END}"
)
_COMPACT = re.compile(r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_IN_YEAR = re.compile(rf"(?P<month>{_N})\s*[月./-]\s*(?P<day>{_N}){_DAY_END}")
_IN_MONTH = re.compile(rf"(?:(?P<which>上个?|这个?|本)月)?(?P<day>{_N})(?P<end>[日号]?)")
_LONGEST = 60
_WEEK = "一二三四五六日"


class Unclear(StrEnum):
    """Why a text names no day."""

    UNKNOWN = "unknown"
    ABOUT = "about"
    LUNAR = "lunar"
    NO_SUCH = "no_such"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Read:
    """A day that was read; not ``sure`` where the text may mean something else and must be confirmed."""

    date: date
    sure: bool = True


def read_day(text: str, today: date) -> Read | Unclear:
    """The day that ``text`` names, seen from ``today``. A date without its year is the last one there was, a weekday
    alone the last such day, to be confirmed. A day of the moon's calendar is told apart, for it is not guessed."""
    if len(text) > _LONGEST:
        return Unclear.UNKNOWN
    whole = plain(unadorned(text))
    bare = _TAIL.sub("", _LEAD.sub("", whole))
    if _LUNAR.search(whole):
        return Unclear.LUNAR
    doubtful = _DOUBT.search(whole) is not None
    if bare in _AGO:
        return Read(today - timedelta(days=_AGO[bare]), not doubtful)
    for pattern, reader in ((_DAYS_AGO, _days_ago), (_WEEKDAY, _weekday), (_COMPACT, _full), (_FULL, _full),
                            (_IN_YEAR, _in_year), (_IN_MONTH, _in_month)):  # fmt: skip
        if found := pattern.fullmatch(bare):
            try:
                read = reader(found, today)
            except (ValueError, OverflowError):
                return Unclear.NO_SUCH
            return Read(read.date, False) if isinstance(read, Read) and doubtful else read
    if _AHEAD.search(whole):
        return Unclear.FUTURE
    if _AHEAD.search(whole):
        return Unclear.FUTURE
    return Unclear.ABOUT if _ABOUT.search(whole) else Unclear.UNKNOWN


def _days_ago(found: re.Match[str], today: date) -> Read | Unclear:
    days = number(found["days"])
    return Unclear.ABOUT if days is None else Read(today - timedelta(days=days))


def _weekday(found: re.Match[str], today: date) -> Read | Unclear:
    day = found["day"].replace("天", "日")
    index = int(day) - 1 if day.isdigit() else _WEEK.index(day)
    which = (found["which"] or "").removesuffix("个")
    if not which:
        return Read(today - timedelta(days=(today.weekday() - index) % 7), False)
    weeks = {"上上": 2, "上": 1}.get(which, 0)
    return Read(today - timedelta(days=today.weekday() - index + 7 * weeks))


def _full(found: re.Match[str], today: date) -> Read | Unclear:
    year = {"今年": today.year, "去年": today.year - 1}.get(found["year"]) or int(found["year"])
    return Read(date(year + 2000 if year < 100 else year, _value(found["month"]), _value(found["day"])))


def _in_year(found: re.Match[str], today: date) -> Read | Unclear:
    month, day = _value(found["month"]), _value(found["day"])
    this, last = _day_of(today.year, month, day), _day_of(today.year - 1, month, day)
    ahead = this is not None and this > today and (this - today).days <= 180
    chosen = this if this is not None and (this <= today or ahead) else last
    return Unclear.NO_SUCH if chosen is None else Read(chosen)


def _in_month(found: re.Match[str], today: date) -> Read | Unclear:
    day, which = _value(found["day"]), (found["which"] or "").removesuffix("个")
    before = today.replace(day=1) - timedelta(days=1)
    if which == "上":
        return Read(date(before.year, before.month, day))
    if which or day <= today.day:
        return Read(date(today.year, today.month, day), bool(found["end"]))
    return Read(date(before.year, before.month, day), False)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _value(text: str) -> int:
    value = number(text)
    if value is None:
        raise ValueError(text)
    return value
