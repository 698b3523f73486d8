"""When a question is needed, written as JSON Schema: programs, the one-page form and the offline form all read it."""

from collections.abc import Mapping
from typing import Any

from bot.conditions import All, Always, Condition, Given, Has, Is, Known, Not

Rule = bool | dict[str, Any]
"""A schema that the answers fit when the condition holds."""


def condition(when: Condition, facts: Mapping[str, Any]) -> Rule:
    """The rule of a condition for someone of whom the host knows ``facts``; true where it cannot be told beforehand."""
    match when:
        case Always():
            return True
        case Is(key, value):
            return {"properties": {key: {"const": value}}, "required": [key]}
        case Has(key, codes):
            return {"properties": {key: {"type": "array", "contains": {"enum": list(codes)}}}, "required": [key]}
        case Given(key):
            return {"properties": {key: {"not": {"enum": [None, "", [], False, 0]}}}, "required": [key]}
        case Known(key):
            return bool(facts.get(key))
        case Not(inner):
            rule = condition(inner, facts)
            return not rule if isinstance(rule, bool) else {"not": rule}
        case All(several):
            rules = [rule for one in several if (rule := condition(one, facts)) is not True]
            if False in rules:
                return False
            return {"allOf": rules} if rules else True
    return True
