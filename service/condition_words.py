"""When a question is asked, in words for officials: «与这户的关系是“亲戚”，或者填了“电话”»."""

from bot.answers.base import Given as Situation
from bot.answers.picked import Picked
from bot.conditions import All, Condition, Given, Has, Is, Known, Not
from bot.flow import Flow
from locales.figures import listed


def condition_words(condition: Condition, flow: Flow, given: Situation) -> str:
    """The condition of one of ``flow``'s questions; empty where it always holds."""
    return "".join(_parts(condition, flow, given, holds=True))


def _parts(condition: Condition, flow: Flow, given: Situation, *, holds: bool) -> list[str]:
    t = given.texts
    match condition:
        case Not(inner):
            return _parts(inner, flow, given, holds=not holds)
        case All(conditions):
            found = [_parts(one, flow, given, holds=holds) for one in conditions]
            inside = [parts[0] if len(parts) == 1 else f"（{''.join(parts)}）" for parts in found if parts]
            joint = t("admin.flow.if.and" if holds else "admin.flow.if.or")
            return [part for index, one in enumerate(inside) for part in ((joint, one) if index else (one,))]
        case Is(key, value):
            word = "admin.flow.if.is" if holds else "admin.flow.if.is_not"
            return [t(word, name=_name(flow, key, given), value=_value(flow, key, value, given))]
        case Has(key, codes):
            word = "admin.flow.if.has" if holds else "admin.flow.if.has_not"
            values = listed(t, (_value(flow, key, [code], given) for code in codes))
            return [t(word, name=_name(flow, key, given), values=values)]
        case Given(key):
            return [t("admin.flow.if.given" if holds else "admin.flow.if.empty", name=_name(flow, key, given))]
        case Known(fact):
            what = f"admin.flow.fact.{fact.removeprefix('@')}"
            return [t(what) if holds else t(f"{what}.not")]
    return []


def _name(flow: Flow, key: str, given: Situation) -> str:
    question = flow.find(key)
    return given.texts(flow.text(question, "name")) if question else key


def _value(flow: Flow, key: str, value: object, given: Situation) -> str:
    question = flow.find(key)
    if question is None or isinstance(question.answer, Picked):
        return given.texts(f"{flow.name}.{value}")
    return question.answer.show(given, value)
