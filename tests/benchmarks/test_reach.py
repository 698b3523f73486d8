"""What people get across: the goals of ``python -m benchmarks.reach``, each alone."""

import pytest

from benchmarks import reach
from benchmarks.messy import ANSWERS, Judged, Messy, corpus, judge, world
from benchmarks.typical import TALKS, Talk, messages, prompts, typed_only
from bot.flows import FLOWS
from bot.inbound import Input, Kind

GIVEN = world()
CORPUS = corpus()


def test_the_corpus_is_large_and_knows_every_kind() -> None:
    assert len(CORPUS) >= 200
    assert {messy.kind for messy in CORPUS} == set(ANSWERS)
    asked = {question.answer.kind for flow in FLOWS.values() for question in flow.questions}
    assert asked - {answer.kind for answer in ANSWERS.values()} <= {"text", "picked"}


def test_nearly_all_that_means_something_is_understood_and_nothing_is_taken_for_something_else() -> None:
    judged = [judge(messy, GIVEN)[0] for messy in CORPUS]
    meant = sum(not messy.refused for messy in CORPUS)
    assert judged.count(Judged.MISUNDERSTOOD) == 0
    assert judged.count(Judged.UNDERSTOOD) >= reach.UNDERSTOOD * meant


@pytest.mark.parametrize(
    "messy", [messy for messy in CORPUS if messy.refused], ids=lambda messy: f"{messy.kind}-{messy.text[:20]}"
)
def test_what_means_nothing_is_refused_for_its_reason_with_help(messy: Messy) -> None:
    assert judge(messy, GIVEN) == (Judged.REFUSED, messy.refused)


def test_a_wrong_value_would_be_seen() -> None:
    assert judge(Messy("count", "zh_Hans_CN", "3", means=4), GIVEN)[0] is Judged.MISUNDERSTOOD
    assert judge(Messy("count", "zh_Hans_CN", "3", refused="about"), GIVEN)[0] is Judged.MISUNDERSTOOD
    assert judge(Messy("count", "zh_Hans_CN", "三四个", means=3), GIVEN)[0] is Judged.ASKED_AGAIN
    assert judge(Messy("place", "zh_Hans_CN", "石门", means="410324103201", offered=True), GIVEN)[0] is (
        Judged.MISUNDERSTOOD
    )


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.title)
def test_a_talk_is_short(talk: Talk) -> None:
    assert 3 < messages(talk, GIVEN) <= talk.most


def test_no_prompt_is_long() -> None:
    lengths = {name: len(text) for name, text in prompts(GIVEN)}
    assert {name: length for name, length in lengths.items() if not 0 < length <= reach.LONGEST_PROMPT} == {}
    assert {name.partition(".")[0] for name in lengths} == {flow.name for flow in FLOWS.values() if flow.questions}


def test_every_question_but_names_ids_and_reasons_is_answered_by_a_number_or_a_tap() -> None:
    assert list(typed_only(GIVEN)) == []
    for name in ("count", "phone", "bank_card", "group", "reference"):
        assert ANSWERS[name].parse(GIVEN, Input(Kind.TEXT, "王")) != ANSWERS[name].parse(GIVEN, Input(Kind.TEXT, "3"))


def test_the_measures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert reach.main() == 0
    out = capsys.readouterr().out
    assert "taken for something else: 0" in out and "MISSED" not in out
    assert all(talk.title in out for talk in TALKS)
