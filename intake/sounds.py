"""How Chinese characters sound, so that a homophone in a place name is found: 谭头 for 潭头, 陶弯 for 陶湾.

Every reading of a character counts (单 dan and shan), and sounds that many speakers do not tell apart are one:
zh/z, ch/c, sh/s, n/l, and final n/ng.
"""

from functools import cache

from pypinyin import Style, pinyin


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of one character, without tones; a character without a reading sounds only like itself."""
    return frozenset(_fold(sound) for sound in pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def alike(one: str, other: str) -> bool:
    """Whether two characters are the same or share a reading."""
    return one == other or not readings(one).isdisjoint(readings(other))


def _fold(sound: str) -> str:
    if sound[:2] in ("zh", "ch", "sh"):
        sound = sound[0] + sound[2:]
    if sound[0] == "n" and len(sound) > 1:
        sound = "l" + sound[1:]
    return sound[:-1] if sound.endswith("ng") else sound
