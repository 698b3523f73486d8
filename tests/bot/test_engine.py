"""The engine, by itself: whatever is sent, no answer is lost and the summary stays within reach."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from bot.answers.count import Count
from bot.answers.name import Name
from bot.answers.text import Text
from bot.bookmarks import editable
from bot.channels.base import numbered
from bot.commands import Command, command_of
from bot.conditions import Is, Not
from bot.effects import Ask, Enter, Leave, Say, Submit
from bot.engine import advance, next_open, settle, start
from bot.flow import Flow, Question
from bot.flows import FLOWS
from bot.flows.apply import apply
from bot.inbound import Input, Kind
from bot.render import render, wording
from bot.session import EDIT, RESUME, REVIEW, Session
from locales import texts
from tests.bot.given import given
from tests.world import resident_id

GOOD: dict[str, str] = {
    "consent": "同意",
    "head": "王建国",
    "id_number": resident_id(1),
    "phone": "13800001234",
    "household_size": "三口人",
    "persons_in_need": "2",
    "village": "石门村",
    "group": "三组",
    "categories": "一般户",
    "disasters": "风雹",
    "reliefs": "1",
    "reason": "粮食不够吃",
    "remarks": "跳过",
    REVIEW: "查看",
    EDIT: "返回",
    RESUME: "1",
}
"""What leads on from everywhere."""

MESSAGES = st.one_of(
    st.sampled_from([Input(Kind.TEXT, text) for text in GOOD.values()]),
    st.sampled_from(
        [
            Input(Kind.TEXT, text)
            for text in [
                "返回",
                "取消",
                "跳过",
                "帮助",
                "人工",
                "申请",
                "继续",
                "查看",
                "重来",
                "1",
                "2",
                "3",
                "13",
                "99",
            ]
        ]
    ),
    st.builds(Input, st.sampled_from(Kind), st.text(max_size=30)),
    st.builds(
        Input,
        st.just(Kind.CHOICE),
        st.sampled_from(["#review:edit", "#edit:phone", "consent:yes", "disasters:hail", "village:none", "x", ":"]),
    ),
)


def walk(session: Session, sent: Input) -> tuple[Session, tuple[Any, ...]]:
    """One turn, rendered too."""
    after, effects = advance(apply, session, sent, given())
    reply = render(apply, after, effects, given())
    assert reply.text or any(isinstance(effect, Submit | Enter) for effect in effects)
    assert all(len(choice.id.encode()) <= 64 for choice in reply.choices)
    return after, effects


@examples(st.lists(MESSAGES, max_size=25))
@settings(max_examples=150, deadline=None)
def test_any_messages_leave_a_session_from_which_the_summary_is_reached(messages: list[Input]) -> None:
    session, _ = start(apply)
    for sent in messages:
        before = session
        session, effects = walk(session, sent)
        lost = set(before.answers) - set(session.answers)
        began_anew = session.answers == {} and any(isinstance(effect, Ask) for effect in effects)
        assert not lost or began_anew or before.answers.keys() & {"household_size"}
        assert session == Session.from_json("apply", session.to_json())
    for _ in range(40):
        if session.at == REVIEW:
            break
        session, _ = walk(session, Input(Kind.TEXT, GOOD[session.at]))
    session, effects = walk(session, Input(Kind.TEXT, "1"))
    (submitted,) = (effect for effect in effects if isinstance(effect, Submit))
    assert set(submitted.answers) - {"remarks"} == {question.key for question in apply.questions if question.asked}


def test_three_misses_in_a_row_open_a_way_out() -> None:
    session, _ = start(apply, {"consent": True})
    session = replace(session, at="head")
    said = []
    for _ in range(3):
        session, effects = walk(session, Input(Kind.TEXT, "12345"))
        said.append([effect.key for effect in effects if isinstance(effect, Say)])
    assert [len(keys) for keys in said] == [1, 1, 2]
    assert said[2][1] == "flow.trouble"
    session, _ = walk(session, Input(Kind.TEXT, "王建国"))
    assert session.misses == 0


def test_a_way_out_of_an_optional_question_offers_skipping_it() -> None:
    session = Session("apply", 2, "group", {"consent": True}, misses=2)
    _, effects = walk(session, Input(Kind.PHOTO))
    assert "flow.trouble.optional" in [effect.key for effect in effects if isinstance(effect, Say)]


def test_cancel_keeps_the_draft_and_a_refused_consent_keeps_nothing() -> None:
    session, _ = start(apply)
    assert walk(session, Input(Kind.TEXT, "取消"))[1] == (Leave(keep=False), Enter("home"))
    begun, _ = walk(session, Input(Kind.TEXT, "同意"))
    _, effects = walk(begun, Input(Kind.TEXT, "取消"))
    assert Leave(keep=True) in effects
    _, effects = walk(session, Input(Kind.TEXT, "不同意"))
    assert Leave(keep=False) in effects


def test_a_reserved_word_counts_only_as_the_whole_message() -> None:
    assert command_of(texts(), "返回") is Command.BACK
    assert command_of(texts(), " 取消。") is Command.CANCEL
    assert command_of(texts(), "返回乡里的路断了") is None
    session = Session("apply", 2, "reason", {"consent": True})
    after, _ = walk(session, Input(Kind.TEXT, "返回乡里的路断了，取消了打工"))
    assert after.answers["reason"] == "返回乡里的路断了，取消了打工"


def full() -> Session:
    """Everything answered, at the summary."""
    session, _ = start(apply)
    while session.at != REVIEW:
        session, _ = walk(session, Input(Kind.TEXT, GOOD[session.at]))
    return session


def test_going_back_from_a_question_that_an_edit_opened_leaves_no_gap() -> None:
    session = full()
    for words in ("修改", "家庭人口", "1", "返回", "查看", "返回", "返回"):
        session, effects = walk(session, Input(Kind.TEXT, words))
        assert session.at != REVIEW or next_open(apply, session.answers) == REVIEW
        assert not any(isinstance(effect, Submit) for effect in effects)
    session, effects = walk(replace(session, at=REVIEW), Input(Kind.TEXT, "提交"))
    assert session.at == "persons_in_need"
    assert not any(isinstance(effect, Submit) for effect in effects)


def test_an_edit_taken_back_returns_to_the_summary() -> None:
    session = full()
    for words in ("2", "返回", "2", "联系方式", "返回"):
        session, _ = walk(session, Input(Kind.TEXT, words))
    assert session.at == REVIEW


def test_none_of_these_is_an_answer_to_an_offer_and_no_command() -> None:
    session = Session("apply", 2, "village", {"consent": True, "head": "王建国"})
    session, _ = walk(session, Input(Kind.TEXT, "时门"))
    assert session.offered
    for words in ("重新填", "都不是", "2"):
        after, effects = walk(session, Input(Kind.TEXT, words))
        assert (after.at, after.offered) == ("village", ())
        assert after.answers == session.answers
        assert Ask("village") in effects


def test_beginning_anew_is_asked_once_before_anything_is_lost() -> None:
    session = full()
    session, _ = walk(session, Input(Kind.TEXT, "重新填"))
    assert session.at == RESUME
    assert session.answers == full().answers
    session, _ = walk(session, Input(Kind.TEXT, "重新填"))
    assert session.answers == {}


@pytest.mark.parametrize("word", ["删除", "撤回", "不申请了"])
def test_erasing_is_asked_once_and_leaves_nothing(word: str) -> None:
    asked, effects = walk(full(), Input(Kind.TEXT, word))
    assert asked.answers == full().answers
    assert Leave(keep=False) not in effects
    kept, effects = walk(asked, Input(Kind.TEXT, "接着填"))
    assert (kept, Leave(keep=False) in effects) == (full(), False)
    _, effects = walk(asked, Input(Kind.TEXT, "删除"))
    assert Leave(keep=False) in effects


def test_where_nothing_of_theirs_would_be_lost_erasing_asks_nothing() -> None:
    _, effects = walk(replace(full(), at="head", answers={"consent": True}), Input(Kind.TEXT, "删除"))
    assert Leave(keep=False) in effects


@pytest.mark.parametrize("at", [REVIEW, EDIT, RESUME])
def test_a_person_is_named_after_three_misses_at_every_bookmark(at: str) -> None:
    session = replace(full(), at=at)
    for _ in range(3):
        session, effects = walk(session, Input(Kind.TEXT, "什么时候发钱？"))
    assert "flow.trouble" in [effect.key for effect in effects if isinstance(effect, Say)]


def test_the_name_of_an_answer_comes_before_a_cry_for_help() -> None:
    session = replace(full(), at=EDIT)
    after, _ = walk(session, Input(Kind.TEXT, "电话"))
    assert after.at == "phone"
    after, effects = walk(replace(full(), at="phone"), Input(Kind.TEXT, "电话"))
    assert effects == (Enter("person"),)


def test_going_back_shows_the_old_answer_and_next_keeps_it() -> None:
    session = replace(full(), at="household_size")
    reply = render(apply, session, (Ask("household_size"),), given())
    assert "您填的是：3" in reply.text
    after, _ = walk(session, Input(Kind.TEXT, "下一步"))
    assert after.answers == session.answers
    assert after.at == REVIEW


def test_back_at_the_question_whether_to_go_on_asks_it_again() -> None:
    session = Session("apply", 2, RESUME, {"consent": True})
    after, _ = walk(session, Input(Kind.TEXT, "返回"))
    assert after.at == RESUME


def test_none_of_the_categories_is_an_ordinary_household_and_everyone_is_in_need() -> None:
    session = Session("apply", 2, "categories", {"consent": True})
    for words in ("都不是", "没有"):
        assert walk(session, Input(Kind.TEXT, words))[0].answers["categories"] == ["ordinary"]
    assert walk(session, Input(Kind.TEXT, "10 14"))[0].answers["categories"] == ["disabled", "ordinary"]
    session = Session("apply", 2, "persons_in_need", {"household_size": 4})
    for words in ("全家", "都需要", "全家都难"):
        assert walk(session, Input(Kind.TEXT, words))[0].answers["persons_in_need"] == 4


def test_an_old_button_is_never_todays_answer() -> None:
    session = Session("apply", 2, "disasters", {"consent": True})
    after, effects = walk(session, Input(Kind.CHOICE, "categories:ordinary"))
    assert after.answers == session.answers
    assert Say("choice.stale") in effects


def test_an_old_button_of_an_answered_question_offers_to_change_that_answer() -> None:
    session = replace(full(), at="reason", answers={k: v for k, v in full().answers.items() if k != "reason"})
    asked, effects = walk(session, Input(Kind.CHOICE, "categories:disabled"))
    assert (asked.at, asked.answers) == ("reason", session.answers)
    assert "old.ask" in [effect.key for effect in effects if isinstance(effect, Say)]
    after, _ = walk(asked, Input(Kind.TEXT, "要改"))
    assert after.at == "categories"
    after, _ = walk(after, Input(Kind.TEXT, "残疾人"))
    assert (after.at, after.answers["categories"]) == ("reason", ["disabled"])
    after, _ = walk(asked, Input(Kind.TEXT, "粮食不够吃"))
    assert (after.at, after.answers["reason"]) == (REVIEW, "粮食不够吃")


OLD = Flow("apply", 1, (Question("name", Name()), Question("rooms", Count(0, 9)), Question("story", Text(high=50))))
NEW = Flow(
    "apply",
    2,
    (
        Question("head", Name(), was=("name",)),
        Question("persons", Count(1, 9)),
        Question("story", Text(high=10), when=Not(Is("persons", 1))),
    ),
)


def test_a_renamed_question_keeps_its_answer_under_a_new_release() -> None:
    session = settle(NEW, Session("apply", 1, "story", {"name": "王建国", "persons": 3}), given())
    assert session == Session("apply", 2, "story", {"head": "王建国", "persons": 3})


def test_a_message_is_not_spent_on_a_question_that_a_release_put_in_its_place() -> None:
    session = Session("apply", 1, "rooms", {"name": "王建国"})
    after, effects = advance(NEW, session, Input(Kind.TEXT, "3"), replace_texts())
    assert after.at == "persons"
    assert "persons" not in after.answers
    assert Say("flow.updated") in effects


def replace_texts() -> Any:
    """Given, for flows that have no texts because they are never rendered."""
    return given()


def test_an_answer_that_no_longer_fits_is_asked_again_under_a_new_release() -> None:
    session = Session("apply", 1, "persons", {"name": "王建国", "persons": 99, "story": "很长" * 20})
    after = settle(NEW, session, given())
    assert after.answers == {"head": "王建国"}
    assert next_open(NEW, after.answers) == "persons"


def test_an_answer_hidden_by_an_edit_comes_back_when_the_edit_is_undone() -> None:
    answers = {"head": "王建国", "persons": 1, "story": "一句话"}
    assert [question.key for question in editable(NEW, answers)] == ["head", "persons"]
    assert [question.key for question in editable(NEW, answers | {"persons": 2})] == ["head", "persons", "story"]


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_every_question_has_its_texts_and_no_prompt_is_long(flow: Flow) -> None:
    for question in flow.questions:
        asked = wording(flow, question, given())
        assert len(asked) <= 120
        assert not flow.review or texts().has(flow.text(question, "name"))
        if question.gate:
            assert texts().has(flow.text(question, "refused"))


def test_form_1_is_asked_whole_in_at_most_14_messages() -> None:
    from dataclasses import fields

    from intake.normalise import Facts

    known = {question.key for question in apply.questions}
    assert known == {field.name for field in fields(Facts)} - {"borrowed"} | {"consent"}
    assert sum(question.asked for question in apply.questions) + 2 <= 14  # «申请» before, «提交» after


def test_a_group_after_the_village_is_not_asked_for_again() -> None:
    session = Session("apply", 2, "village", {"consent": True, "head": "王建国"})
    after, _ = walk(session, Input(Kind.TEXT, "石门村三组"))
    assert (after.answers["village"], after.answers["group"]) == ("410324103201", "3组")
    kept = replace(session, answers={**session.answers, "group": "河东"})
    assert walk(kept, Input(Kind.TEXT, "石门村三组"))[0].answers["group"] == "河东"


@pytest.mark.parametrize("words", ["1", "是", "对", "是的", "潭头镇石门村"])
def test_a_single_near_name_may_be_confirmed_by_yes(words: str) -> None:
    session = Session("apply", 2, "village", {"consent": True, "head": "王建国"})
    asked, _ = walk(session, Input(Kind.TEXT, "谭头石门"))
    assert walk(asked, Input(Kind.TEXT, words))[0].answers["village"] == "410324103201"
    for no in ("2", "不是", "不对", "都不是"):
        after, _ = walk(asked, Input(Kind.TEXT, no))
        assert ("village" in after.answers, after.offered) == (False, ())


def test_going_down_from_township_to_village_by_numbers_is_no_miss() -> None:
    session = Session("apply", 2, "village", {"consent": True, "head": "王建国"})
    after, effects = walk(session, Input(Kind.TEXT, "选"))
    assert after.misses == 0
    while after.offered:
        after, effects = walk(after, Input(Kind.TEXT, "1"))
    assert after.answers["village"].startswith("410324")
    assert isinstance(effects[-1], Ask)


def at_the_group() -> Session:
    known = dict.fromkeys(("household_size", "persons_in_need"), 1)
    return replace(start(apply, {"consent": True, "village": "410324103201", **known})[0], at="group", mark="ab")


@pytest.mark.parametrize("sent", [Input(Kind.TEXT, "0"), Input(Kind.TEXT, "０"), Input(Kind.CHOICE, "group~ab:skip")])
def test_an_optional_question_is_left_out_by_nought_or_a_tap(sent: Input) -> None:
    reply = render(apply, at_the_group(), (Ask("group"),), given())
    assert reply.choices[-1].id == "group~ab:skip" and numbered(reply).endswith("\n0. 不填，跳过")
    assert walk(at_the_group(), sent)[0].answers["group"] is None
    assert walk(at_the_group(), Input(Kind.TEXT, "1"))[0].answers["group"] == "1组"


def test_an_old_button_leaves_out_nothing_else() -> None:
    session = replace(at_the_group(), at="group")
    assert "group" not in walk(session, Input(Kind.CHOICE, "phone~ab:skip"))[0].answers
    required = replace(session, at="phone")
    assert "phone" not in walk(required, Input(Kind.TEXT, "0"))[0].answers


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("名字错了", "head"), ("人口不对", "household_size"), ("改电话", "phone"), ("村子填错了", "village"), ("身份证号有误。", "id_number"),
        ("有问题", EDIT), ("错了", EDIT), ("不对", EDIT), ("不行", REVIEW), ("有没有错", REVIEW),
    ],
)  # fmt: skip
def test_what_is_wrong_at_the_summary_is_changed(text: str, at: str) -> None:
    session = start(apply)[0]
    while session.at != REVIEW:
        session, _ = walk(session, Input(Kind.TEXT, GOOD[session.at]))
    assert walk(session, Input(Kind.TEXT, text))[0].at == at
    for sent in ("没问题", "行", "对", "没有问题"):
        assert isinstance(walk(session, Input(Kind.TEXT, sent))[1][-1], Submit)
