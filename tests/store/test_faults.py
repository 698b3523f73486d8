"""What a log may say of a fault: its kind and places in our code, never its words."""

import json
import re

from store.faults import where


def test_a_fault_is_told_by_its_kind_and_places_alone() -> None:
    def inner() -> None:
        raise KeyError("王建国 13800001234")

    try:
        inner()
    except KeyError as error:
        told = where(error)
    assert re.fullmatch(r"KeyError at tests/store/test_faults\.py:\d+ < tests/store/test_faults\.py:\d+", told)


def test_other_peoples_code_is_left_out() -> None:
    try:
        json.loads("王建国")
    except ValueError as error:
        told = where(error)
    assert re.fullmatch(r"JSONDecodeError at tests/store/test_faults\.py:\d+", told)


def test_a_deep_fault_is_cut_to_its_innermost_places() -> None:
    def deeper(left: int) -> None:
        if not left:
            raise ValueError
        deeper(left - 1)

    try:
        deeper(20)
    except ValueError as error:
        assert where(error).count(" < ") == 3


def test_a_fault_that_was_never_raised_has_its_kind() -> None:
    assert where(ValueError("x")) == "ValueError"
