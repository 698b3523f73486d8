"""A flow is a form: an ordered tuple of typed questions, each asked when its condition on earlier answers holds."""

from dataclasses import dataclass

from bot.answers.base import Answer
from bot.conditions import ALWAYS, Condition, Seen
from intake.procedure import Role


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its texts are ``<flow>.<key>.ask`` and ``<flow>.<key>.name`` (its line on the summary); a flow that
    shares questions with another names that flow as ``texts``.

    ``when`` looks at earlier answers and at what the host knows; ``optional`` may be skipped; ``asked`` False is never
    asked but may be given on the summary; ``private`` is shown masked; ``gate`` ends the talk when its answer is no,
    and is not on the summary; ``lone`` takes the only choice there is without asking; ``resets`` are answers that
    were given about this one, and are asked anew when it changes; ``anew`` is the question whose answer its choices
    were looked up for, which a text that is none of them answers anew; ``was`` are its keys in earlier versions.
    """

    key: str
    answer: Answer
    when: Condition = ALWAYS
    optional: bool = False
    asked: bool = True
    private: bool = False
    gate: bool = False
    lone: bool = False
    resets: tuple[str, ...] = ()
    anew: str = ""
    was: tuple[str, ...] = ()
    texts: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its questions in the order asked. ``version`` rises with every change of questions;
    ``keep_days`` is how long an unfinished draft is kept.

    ``review``: a summary is shown before it is sent, where ``review_when`` holds: not where there was nothing to ask.
    ``carried``: answers that stay for the next one in a row.
    ``seasonal``: only while a county takes applications. ``roles``: officials alone, with one of these roles.
    ``local``: what an official of a village does at work, so their village is the place without asking.
    """

    name: str
    version: int
    questions: tuple[Question, ...]
    keep_days: int = 30
    review: bool = True
    review_when: Condition = ALWAYS
    carried: tuple[str, ...] = ()
    seasonal: bool = False
    roles: frozenset[Role] | None = None
    local: bool = False

    def visible(self, seen: Seen) -> tuple[Question, ...]:
        """The questions that these answers ask for."""
        return tuple([question for question in self.questions if question.when is ALWAYS or question.when(seen)])

    def reviewed(self, seen: Seen) -> bool:
        """Whether a summary is shown before these answers are sent."""
        return self.review and self.review_when(seen)

    def admits(self, role: Role | None) -> bool:
        """Whether someone of ``role`` (None: no official) may enter."""
        return self.roles is None or role in self.roles

    def find(self, key: str) -> Question | None:
        """The question of a key, or of the key that it had before."""
        return next((question for question in self.questions if key == question.key or key in question.was), None)

    def text(self, question: Question, part: str) -> str:
        """The catalog key of a question's text: ``ask``, ``name``, ``refused``."""
        return f"{question.texts or self.name}.{question.key}.{part}"

    def place(self) -> Question | None:
        """The question that a village's QR code answers."""
        return next((question for question in self.questions if question.answer.kind == "place"), None)
