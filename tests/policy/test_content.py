"""The content files: enough entries, each short, plain, and with the rule it follows."""

from pathlib import Path

import pytest

from bot.policy.content import entries, load
from bot.policy.entry import ANSWER_LONGEST, RULES, ContentError
from bot.policy.terms import plain, stop

ENTRY = """
[key]
question = "钱什么时候发？"
variants = ["一", "二", "三", "四", "五"]
answer = "春节前。打 {person} 问。"
rule = ["L11"]
"""


def test_there_are_at_least_45_and_every_part_of_the_rules_for_people_is_cited() -> None:
    assert len(load()) >= 45
    cited = {rule for entry in load().values() for rule in entry.rules}
    assert cited <= RULES
    assert {f"L{number}" for number in range(1, 13)} | {"X3", "X4", "X6", "X7", "Q7", "G1", "G2", "G3", "M2"} <= cited


@pytest.mark.parametrize("key", list(entries()))
def test_an_entry_can_be_shown(key: str) -> None:
    entry = entries()[key]
    said = entry.say(hotline="0379-66789598", person="0379-66789599")
    assert 10 <= len(said) <= ANSWER_LONGEST
    assert "{" not in said
    assert said.endswith(("。", "）。"))
    assert all(set(plain(text)) - stop() for text in (entry.question, *entry.variants))
    assert entry.rules


def test_a_call_to_complain_gives_the_hotline_and_a_call_to_ask_gives_a_person() -> None:
    for key in ("report", "favouritism", "misuse", "collected_back", "fees", "floor"):
        assert "{hotline}" in entries()[key].answer, key
    for key in ("urgent", "person", "hotline", "cannot_write", "no_home"):
        assert "{person}" in entries()[key].answer, key


def test_the_figures_are_those_of_the_rules() -> None:
    """L4, L6, L8: what an answer says in figures."""
    assert all(figure in entries()["how_much"].answer for figure in ("100 元", "200 元", "300 元"))
    assert all(figure in entries()["household_cap"].answer for figure in ("2000 元", "300 元"))
    assert "5 天" in entries()["notice"].answer
    for key in ("how_much", "household_cap", "notice", "cash", "when_to_apply"):
        assert "方案" in entries()[key].answer, f"{key}: the county's scheme decides"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('rule = ["L11"]', 'rule = ["L13"]', "rule that does not exist"),
        ('rule = ["L11"]', "rule = []", "cites no rule"),
        ('rule = ["L11"]', "", "missing or unknown: rule"),
        ('rule = ["L11"]', 'rule = "L11"', "are lists"),
        ('rule = ["L11"]', 'rule = ["L11"]\nsource = "x"', "missing or unknown: source"),
        ("{person}", "{phone}", "may name hotline and person"),
        ("{person}", "{}", "may name hotline and person"),
        ("{person}", "{person.x}", "may name hotline and person"),
        ("{person}", "{person", "may name hotline and person"),
        ("春节前。", "春节前。" * 60, "more than 200"),
        ("春节前。", " 春节前。", "begins or ends with a space"),
        ('"一", ', "", "5 to 10 variants"),
        ('"一"', '"二"', "the same"),
        ('"一"', f'"{"一" * 31}"', "a variant has more"),
        ("[key]", f"[{'k' * 65}]", "the key has more"),
        ("钱什么时候发？", "钱" * 25, "the question has more"),
        ("[key]", 'title = "x"\n[key]', "outside of any entry"),
        ("[key]", "[key", "topic.toml"),
    ],
)
def test_content_that_cannot_be_shown_is_refused_by_name(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (tmp_path / "topic.toml").write_text(ENTRY, "utf-8")
    assert list(load(tmp_path)) == ["key"]
    (tmp_path / "topic.toml").write_text(ENTRY.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=fault) as raised:
        load(tmp_path)
    assert "topic.toml" in str(raised.value)


@pytest.mark.parametrize(("key", "fault"), [("key", "in another file"), ("other", "the same question")])
def test_no_key_and_no_question_stands_twice(tmp_path: Path, key: str, fault: str) -> None:
    (tmp_path / "first.toml").write_text(ENTRY, "utf-8")
    (tmp_path / "second.toml").write_text(ENTRY.replace("[key]", f"[{key}]"), "utf-8")
    with pytest.raises(ContentError, match=fault):
        load(tmp_path)
