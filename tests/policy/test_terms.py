"""Cutting texts into terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.content import entries
from bot.policy.terms import LONGEST, plain, terms
from bot.policy.weights import weights


def test_a_text_is_cut_into_characters_and_pairs() -> None:
    assert terms("低保户") == ["低", "保", "户", "低保", "保户"]


@pytest.mark.parametrize("text", ["低 保。户", "低\u200b保\u202e户", "低\x00保户\n", "「低保」户!!", "低\ud800保户"])
def test_punctuation_spaces_and_invisible_characters_are_not_there(text: str) -> None:
    assert terms(text) == terms("低保户")


def test_width_and_case_do_not_matter() -> None:
    assert plain("ＡＢＣ１２") == plain("abc12")


def test_stop_characters_are_no_terms_but_pairs_with_one_are() -> None:
    assert terms("我的呢") == []
    assert terms("我的钱") == ["钱", "的钱"]


@given(st.text(st.characters(), max_size=400))
def test_every_text_can_be_cut_and_costs_little(text: str) -> None:
    found = terms(text)
    assert len(found) < 2 * LONGEST
    assert all(1 <= len(term) <= 2 and term.isalnum() for term in found)


def test_the_longest_compatibility_character_does_not_swell_a_text() -> None:
    assert len(plain("\ufdfa" * 5000)) <= LONGEST


def test_a_rare_term_weighs_more_than_a_common_one_and_a_pair_more_than_its_parts() -> None:
    index = {(row.term, row.entry): row.weight for row in weights(entries().values())}
    assert index["低保", "get_dibao"] > index["申请", "get_dibao"]
    assert index["申请", "how_to_apply"] > index["申", "how_to_apply"]
    assert all(weight == round(weight) > 0 for weight in index.values()), "whole numbers add up alike everywhere"
    assert max(len(term) for term, _ in index) <= 2
