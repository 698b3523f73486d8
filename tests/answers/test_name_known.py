"""A name that has to be the one that the host knows."""

from dataclasses import replace

import pytest

from bot.answers.base import Given, Miss, Value
from bot.answers.name_known import NameKnown
from bot.inbound import Input, Kind

HOLDER = NameKnown("@head", "bank_card.holder.other")


def read(given: Given, text: str) -> Value | Miss:
    parsed = HOLDER.parse(given, Input(Kind.TEXT, text))
    assert isinstance(parsed, Value | Miss)
    return parsed


@pytest.mark.parametrize("text", ["买买提·吐尔逊江", "买买提•吐尔逊江", "我叫买买提·吐尔逊江"])
def test_the_name_in_any_spelling(given: Given, text: str) -> None:
    known = replace(given, facts={"@head": "买买提·吐尔逊江"})
    assert read(known, text) == Value("买买提·吐尔逊江")
    assert HOLDER.check(known, "买买提·吐尔逊江")


def test_another_name_is_asked_again_without_telling_the_right_one(given: Given) -> None:
    known = replace(given, facts={"@head": "欧阳大山"})
    missed = read(known, "李秀英")
    assert isinstance(missed, Miss)
    assert "欧阳大山" not in given.texts(missed.key, **missed.params)
    assert not HOLDER.check(known, "李秀英")


def test_where_nobody_knows_it_any_name_will_do(given: Given) -> None:
    assert read(given, "李秀英") == Value("李秀英")
