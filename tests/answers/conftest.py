"""What the answers are given in these tests: Chinese texts, a fixed day, the pilot divisions, three cases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.base import Given
from intake import divisions
from intake.places import Places
from locales import texts

TSV = Path(__file__).parents[2] / "intake" / "data" / "pilot_divisions.tsv"


@pytest.fixture(scope="session")
def given() -> Given:
    with TSV.open(encoding="utf-8") as lines:
        places = Places(divisions.read(lines))
    cases = (("1", "410324-2022-00012 王建国"), ("2", "410324-2022-00002 王建国"), ("3", "410324-2022-00010 李大妮"))
    return Given(texts=texts(), today=date(2022, 11, 20), places=places, person="66789599", facts={"@cases": cases})


@pytest.fixture(scope="session")
def after(given: Given) -> Callable[..., Given]:
    """The same, after some answers."""

    def with_answers(**answers: Any) -> Given:
        return replace(given, answers=answers)

    return with_answers
