"""Words that turn a meaning round: 不 没 无 未 缺, no, not, un-, མེད. Pure.

没问题 has 问题 in it and means the opposite, so a part of a name counts only with every negation of the name.
"""

import re

_LETTER = "[\u0f40-\u0fbc]"
_NEGATION = re.compile(
    r"[不没無无未缺莫冇勿]|木有|(?<![特分区个])别(?![的人处])|非(?!常)"
    r"|\b(?:no|not|non|none|never|nobody|nothing|nowhere|without|cannot|missing|lack\w*)\b|n['’]t\b"
    r"|\bun(?!der|it|io|til|les|iv|iq|if)\w{3,}"
    rf"|(?<!{_LETTER})(?:མེད|མིན|མི|མ)(?!{_LETTER})",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"[都全啥也]*(?:[不没無无莫冇未非]+|木有)[有用是得要需了过]*|no|not|none|nothing|nobody|never"
    r"|(?:(?:ཅི|གང)་ཡང་)?(?:མེད|མིན)|མ་རེད|མི་འདུག",
    re.IGNORECASE,
)


def negations(text: str) -> int:
    """How many negations a text has: 不缺 has two."""
    return len(_NEGATION.findall(text))


def is_denial(text: str) -> bool:
    """Whether a text denies and says nothing else: 没有, 不用, none. Beside a name it may deny the name."""
    return _DENIAL.fullmatch(text) is not None
