"""Which village people mean when they type its name, or a part of it, or nearly its name, or send a position."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.divisions import COUNTY, TOWNSHIP, VILLAGE, Row
from intake.place_index import Mention, PlaceIndex
from intake.place_map import PlaceMap
from intake.positions import Position

MOST = 8
"""The most villages offered at once."""
MOST_NEAR = 5
"""The most villages offered for a position."""
VILLAGE_KM = 10.0
"""A village may be meant by a position so far from its coordinates; fields and houses lie around it."""
TOWNSHIP_KM = 20.0
"""The same of a township, whose villages lie around it."""

_LONGEST = 60
_SPREAD = 0.2
_NOT_LETTERS = re.compile(r"[\W_]+")
_SCENE = re.compile(r"v([0-9]{12})")
_LEAD = re.compile(
    r"(?:我们?|俺们?|咱们?|本人)?(?:家|老家|村|户口|住址|地址|村名)?(?:里|就)?(?:是|叫|住|在|属于|来自)*"
)
_AREA_LEAD = re.compile(r"[^不没非除]*")
_GROUP = r"第?[0-9零一二三四五六七八九十]+(?:村民)?小?(?:组|队|社|号|户|生产队)\w*"
_TAIL = re.compile(rf"(?:的|人|的人|[这那]?[里边儿])?[吧啊呀呢哦嗯]?|{_GROUP}")
_TAIL_OF_FULL = re.compile(rf"{_TAIL.pattern}|\w{{1,8}}(?:组|队|社|号|户|庄|沟|自然村|屯|路|街|巷|楼|单元|室)")
_GROUP_END = re.compile(rf"(?:村|社区)?(?:{_GROUP})?$")


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a text may mean. ``code`` has 12 digits for a village; 9 or 6 say that the text names only a
    township or county, with too many villages to offer. ``exact``: the text names it with its own characters and
    says nothing else; anything else must be confirmed. A higher ``score`` is better."""

    code: str
    label: str
    exact: bool
    score: float


class Places:
    """The divisions of the area served, in memory. Built once, then only read.

    Every row is known by its code and has its name; found and offered are only those whose code starts with one of
    ``offered``, so that a place where no applications are taken keeps its name in what was said before.
    """

    def __init__(self, rows: Sequence[Row], offered: Sequence[str] = ("",)) -> None:
        self._rows = {row.code: row for row in rows}
        self._offered = tuple(offered)
        rows = [row for row in rows if row.code.startswith(self._offered)]
        self._villages = tuple(row for row in rows if row.level == VILLAGE)
        self._townships = tuple(self._rows[code] for code in dict.fromkeys(row.code[:9] for row in self._villages))
        self._index = PlaceIndex(rows)
        self._village_map = PlaceMap(self._villages)
        placed = {row.code[:9] for row in self._villages if row.position}
        self._township_map = PlaceMap(row for row in self._townships if row.code not in placed)

    def get(self, code: str) -> Row | None:
        """The division with this code of the National Bureau of Statistics."""
        return self._rows.get(code)

    def villages(self, prefix: str = "") -> tuple[Row, ...]:
        """The villages offered whose code starts with ``prefix``: a county's or township's code, or nothing for all."""
        return tuple(row for row in self._villages if row.code.startswith(prefix))

    def townships(self, prefix: str = "") -> tuple[Row, ...]:
        """The townships with villages offered whose code starts with ``prefix``."""
        return tuple(row for row in self._townships if row.code.startswith(prefix))

    def county(self, code: str) -> Row | None:
        """The county that a division belongs to."""
        return self._rows.get(code[:6])

    def label(self, code: str, *, county: bool = False) -> str:
        """The name with what stands above it: 潭头镇石门村, 栾川县潭头镇; with ``county`` 栾川县潭头镇石门村.

        Raises:
            KeyError: no such division here.
        """
        row = self._rows[code]
        above = self._rows.get(row.parent or "")
        if above is None:
            return row.name
        top = self._rows.get(above.parent or "") if county else None
        return f"{top.name if top else ''}{above.name}{row.name}"

    def village_of_scene(self, scene: str) -> str | None:
        """The village that the scene of a QR code (``v410324112201``) names, if it is one of those offered."""
        found = _SCENE.fullmatch(scene)
        row = self._rows.get(found[1]) if found else None
        return row.code if row and row.code.startswith(self._offered) else None

    def find(self, text: str, *, within: str = "") -> tuple[Match, ...]:
        """The places under ``within`` that ``text`` may mean, best first, at most eight villages.

        Names are looked for with their own characters, then by sound, then as a part of a village's name.
        """
        plain = _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text))[:_LONGEST]
        found = self._judge(plain, self._index.spoken(plain), within)
        if not any(match.exact for match in found):
            found = self._judge(plain, self._index.sounding(plain), within) or self._parts(plain, within)
        sure = max((match.score for match in found if match.exact), default=0.0)
        found = [match for match in found if match.exact or match.score >= sure]
        best = max((match.score for match in found), default=0.0)
        near = sorted((m for m in found if m.score >= best - _SPREAD), key=lambda m: (-m.score, m.code))
        areas = [match for match in near if len(match.code) < 12]
        return self._labelled([*areas, *[match for match in near if len(match.code) == 12][:MOST]])

    def near(self, latitude: float, longitude: float, *, within: str = "") -> tuple[Match, ...]:
        """The places under ``within`` that a position may mean, in degrees of WGS-84, nearest first and never exact:
        at most five villages, not more than 10 km away. Where of a township's villages none has coordinates, the
        township's own stand for them: if they lie nearer than any village, at most 20 km away, it is given alone, by
        its code of 9 digits."""
        here = Position(latitude, longitude)
        villages = self._village_map.around(here, VILLAGE_KM, within)
        townships = self._township_map.around(here, TOWNSHIP_KM, within)
        alone = townships and (not villages or townships[0][0] < villages[0][0])
        found = townships[:1] if alone else villages[:MOST_NEAR]
        return self._labelled(Match(row.code, "", exact=False, score=-km) for km, row in found)

    def _judge(self, text: str, mentions: list[Mention], within: str) -> list[Match]:
        mentions = [m for m in mentions if m.row.code.startswith(within) or within.startswith(m.row.code)]
        best: dict[str, Match] = {}
        for mention in mentions:
            if _inside_longer(mention, mentions):
                continue
            for match in self._weigh(text, mention, mentions):
                known = best.get(match.code)
                # At the same score the doubtful reading counts: 冷水 may be the village or its whole township.
                if known is None or (match.score, not match.exact) > (known.score, not known.exact):
                    best[match.code] = match
        return list(best.values())

    def _weigh(self, text: str, mention: Mention, mentions: list[Mention]) -> list[Match]:
        chain = [mention]
        for code in _above(mention.row):
            before = [m for m in mentions if m.row.code == code and m.end <= chain[0].start]
            if before:
                chain.insert(0, max(before, key=lambda m: (m.end, m.same)))
        strange = _strange(text, chain)
        said = sum(m.end - m.start for m in chain)
        village = mention.row.level == VILLAGE
        if strange > (said if village else 0):
            return []
        same = all(m.same for m in chain)
        score = (1.0 if same else 0.8) + 0.2 * (len(chain) - 1) + 0.05 * mention.full - 0.1 * strange
        if village:
            return [Match(mention.row.code, "", same and not strange, score)]
        inside = self.villages(mention.row.code)
        if mention.row.level == COUNTY or len(inside) > MOST:
            return [Match(mention.row.code, "", same, score)] if inside else []
        return [Match(row.code, "", False, score) for row in inside]

    def _parts(self, text: str, within: str) -> list[Match]:
        areas = [m for m in self._index.spoken(text) if m.row.level == TOWNSHIP and m.row.code.startswith(within)]
        found: list[Match] = []
        for start, under in [(0, within), *((m.end, m.row.code) for m in areas)]:
            part = _GROUP_END.sub("", text[start:])
            if len(part) < 2:
                continue
            for row in self.villages(under):
                if part in row.name:
                    found.append(Match(row.code, "", False, 0.5 + 0.2 * (start > 0)))
                elif len(part) > 2 and _in_order(part, row.name):
                    found.append(Match(row.code, "", False, 0.4 + 0.2 * (start > 0)))
        return found

    def _labelled(self, matches: Iterable[Match]) -> tuple[Match, ...]:
        found = tuple(matches)
        county = len({match.code[:6] for match in found}) > 1
        return tuple(Match(m.code, self.label(m.code, county=county), m.exact, m.score) for m in found)


def _above(row: Row) -> tuple[str, ...]:
    return {COUNTY: (), TOWNSHIP: (row.code[:6],), VILLAGE: (row.code[:9], row.code[:6])}[row.level]


def _inside_longer(mention: Mention, mentions: list[Mention]) -> bool:
    """南沟 inside 大南沟 is not meant, when the longer name is there with its own characters."""
    return any(
        other.same
        and other.row.level == mention.row.level
        and other.start <= mention.start
        and other.end >= mention.end
        and other.end - other.start > mention.end - mention.start
        for other in mentions
    )


def _strange(text: str, chain: list[Mention]) -> int:
    """How many characters of ``text`` the mentioned names and the usual words around them do not explain."""
    first, last = chain[0], chain[-1]
    lead = _AREA_LEAD if first.row.level == COUNTY else _LEAD
    tail = _TAIL_OF_FULL if last.full and last.row.level == VILLAGE else _TAIL
    strange = sum(after.start - before.end for before, after in pairwise(chain))
    strange += 0 if lead.fullmatch(text[: first.start]) else first.start
    return strange + (0 if tail.fullmatch(text[last.end :]) else len(text) - last.end)


def _in_order(part: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in part)
