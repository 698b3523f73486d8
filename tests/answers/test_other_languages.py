"""What people answer in English and in Tibetan; Chinese words are understood beside them."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answers.base import Given
from bot.answers.consent import Consent
from bot.answers.count import Count
from bot.answers.id_number import IdNumberAnswer
from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.yes import Yes
from bot.commands import Command, command_of
from intake.codes import CATEGORIES, DISASTERS
from locales import texts
from tests.answers.saying import said
from tests.world import resident_id

DISASTER = Many(DISASTERS, "disaster", every=("hail", "frost"))
HOUSEHOLD = Many(CATEGORIES, "category", none_code="ordinary")
PERSONS = Count(1, 30, whole=True)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Yes", True),
        ("en", "yes.", True),
        ("en", "No!", False),
        ("en", "是", True),
        ("en", "yes but no", "?yes.unknown"),
        ("bo_CN", "ཡིན", True),
        ("bo_CN", "རེད།", True),
        ("bo_CN", "མིན་", False),
        ("bo_CN", "མ་རེད།", False),
        ("bo_CN", "不是", False),
        ("bo_CN", "ཡིན་ནམ་མིན", "?yes.unknown"),
    ],
)
def test_yes_and_no(given: Given, language: str, text: str, value: Any) -> None:
    assert said(Yes(), replace(given, texts=texts(language)), text) == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "I agree", True),
        ("en", "agree", True),
        ("en", "I do not agree", False),
        ("en", "don't agree", False),
        ("en", "I agree to nothing", "?consent.unknown"),
        ("bo_CN", "མོས་མཐུན་ཡོད།", True),
        ("bo_CN", "མོས་མཐུན།", True),
        ("bo_CN", "མོས་མཐུན་མེད།", False),
        ("bo_CN", "མི་མོས", False),
        ("bo_CN", "同意", True),
    ],
)
def test_consent(given: Given, language: str, text: str, value: Any) -> None:
    assert said(Consent(), replace(given, texts=texts(language)), text) == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "three", 3),
        ("en", "Three people", 3),
        ("en", "3 persons", 3),
        ("en", "we are 4", 4),
        ("en", "twenty", 20),
        ("en", "all of us", 30),
        ("en", "nobody", "?count.range"),
        ("en", "about 3", "?count.unknown"),
        ("en", "two or three", "?count.unknown"),
        ("en", "三口人", 3),
        ("bo_CN", "༣", 3),
        ("bo_CN", "༡༢", 12),
        ("bo_CN", "གསུམ", 3),
        ("bo_CN", "མི་གསུམ།", 3),
        ("bo_CN", "མི་༥", 5),
        ("bo_CN", "ཁྱིམ་མི་ 4", 4),
        ("bo_CN", "བཅུ་གཅིག", 11),
        ("bo_CN", "ཚང་མ།", 30),
        ("bo_CN", "མེད", "?count.range"),
        ("bo_CN", "གསུམ་བཞི", "?count.unknown"),
    ],
)
def test_how_many(given: Given, language: str, text: str, value: Any) -> None:
    assert said(PERSONS, replace(given, texts=texts(language)), text) == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Flood", ["flood"]),
        ("en", "hail and frost", ["hail", "frost"]),
        ("en", "Hail, drought", ["drought", "hail"]),
        ("en", "Hail and wind", ["hail"]),
        ("en", "snowy", "?many.unread"),
        ("en", "1 3", ["drought", "hail"]),
        ("en", "冰雹", ["hail"]),
        ("en", "all", ["hail", "frost"]),
        ("en", "none", "?many.none"),
        ("bo_CN", "སེར་བ", ["hail"]),
        ("bo_CN", "ཐན་པ་དང་ཆུ་ལོག", ["drought", "flood"]),
        ("bo_CN", "ཐན་པ། སད།", ["drought", "frost"]),
        ("bo_CN", "༡ ༣", ["drought", "hail"]),
        ("bo_CN", "གངས་རི", "?many.unread"),
        ("bo_CN", "干旱", ["drought"]),
        ("bo_CN", "ཚང་མ", ["hail", "frost"]),
    ],
)
def test_disasters(given: Given, language: str, text: str, value: Any) -> None:
    assert said(DISASTER, replace(given, texts=texts(language)), text) == value


@pytest.mark.parametrize(("language", "text"), [("en", "none of these"), ("bo_CN", "གཅིག་ཀྱང་མེད།"), ("bo_CN", "都没有")])
def test_none_of_them(given: Given, language: str, text: str) -> None:
    assert said(HOUSEHOLD, replace(given, texts=texts(language)), text) == ["ordinary"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Earthquake", "earthquake"),
        ("en", "stone", ["Mud and stone flow"]),
        ("en", "the", "?one.unknown"),
        ("en", "ea", "?one.unknown"),
        ("en", "quak", "?one.unknown"),
        ("bo_CN", "ལོ་ཏོག", ["འབུ་སྐྱོན་དང་ལོ་ཏོག་ནད་སྐྱོན"]),
        ("bo_CN", "དང", "?one.unknown"),
        ("bo_CN", "ལོ", "?one.unknown"),
    ],
)
def test_a_part_of_a_name_is_asked_back_by_whole_words(given: Given, language: str, text: str, value: Any) -> None:
    assert said(One(DISASTERS, "disaster"), replace(given, texts=texts(language)), text) == value


def test_numbers_in_tibetan_digits(given: Given) -> None:
    tibetan = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")
    assert said(Phone(), given, "13800001234".translate(tibetan)) == "+8613800001234"
    number = resident_id(1)
    assert said(IdNumberAnswer(), given, number.translate(tibetan)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("བཀྲ་ཤིས་ཚེ་རིང་།", "བཀྲ་ཤིས་ཚེ་རིང"),
        ("བཀྲ་ཤིས་", "བཀྲ་ཤིས"),
        ("ངའི་མིང་ལ་བཀྲ་ཤིས་ཟེར།", "?name.sentence"),
        ("མི་ཤེས། རོགས་གནང་།", "?name.sentence"),
        ("ང་བཀྲ་ཤིས་ཡིན", "?name.sentence"),
    ],
)
def test_tibetan_names(given: Given, text: str, value: str) -> None:
    assert said(Name(), given, text) == value


@pytest.mark.parametrize(
    ("language", "text", "command"),
    [
        ("en", "Back", Command.BACK),
        ("en", "go back.", Command.BACK),
        ("en", "返回", Command.BACK),
        ("en", "start over", Command.RESTART),
        ("bo_CN", "ཕྱིར་ལོག", Command.BACK),
        ("bo_CN", "ཕྱིར་ལོག་", Command.BACK),
        ("bo_CN", "རོགས་རམ།", Command.HELP),
        ("bo_CN", "取消", Command.CANCEL),
        ("bo_CN", "སྐད་ཡིག", Command.LANGUAGE),
        ("bo_CN", "རོགས་རམ་དགོས་སམ", None),
    ],
)
def test_commands_in_the_language_and_in_chinese(language: str, text: str, command: Command | None) -> None:
    assert command_of(texts(language), text) is command
