"""A flow is a form: an ordered tuple of typed questions, each asked when its predicate on earlier answers holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.answers.base import Answer

Answers = Mapping[str, Any]


def always(_answers: Answers) -> bool:
    """The predicate of a question that is asked of everyone."""
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its texts are ``<flow>.<key>.ask`` and ``<flow>.<key>.name`` (its line on the summary).

    ``when`` looks at earlier answers alone; ``optional`` may be skipped; ``private`` is shown masked; ``gate`` ends
    the talk when its answer is no, and is not on the summary; ``was`` are its keys in earlier versions.
    """

    key: str
    answer: Answer
    when: Callable[[Answers], bool] = always
    optional: bool = False
    private: bool = False
    gate: bool = False
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its questions in the order asked. ``version`` rises with every change of questions;
    ``keep_days`` is how long an unfinished draft is kept."""

    name: str
    version: int
    questions: tuple[Question, ...]
    keep_days: int = 30

    def visible(self, answers: Answers) -> tuple[Question, ...]:
        """The questions that these answers ask for."""
        return tuple(question for question in self.questions if question.when(answers))

    def find(self, key: str) -> Question | None:
        """The question of a key, or of the key that it had before."""
        return next((question for question in self.questions if key == question.key or key in question.was), None)
