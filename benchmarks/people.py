"""Made-up applicants, and what each says from the first greeting to the case number."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from intake.codes import CATEGORIES
from intake.id_number import check_digit
from intake.places import Places
from locales import texts
from service.demo_county import COUNTY, SCHEME, pilot_divisions

QUESTIONS = (
    "consent",
    "head",
    "id_number",
    "phone",
    "household_size",
    "persons_in_need",
    "village",
    "group",
    "categories",
    "disasters",
    "reliefs",
    "reason",
)
"""The questions of form 1 in the order asked; every person answers each once."""

BEFORE = ("你好", "1")
"""The greeting and the way into the form, before the first question."""

STEPS = len(BEFORE) + len(QUESTIONS) + 1
"""Messages of one whole application; the last one hands it in."""

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("建国", "秀英", "桂兰", "志强", "玉梅", "海军", "春花", "永福", "凤霞", "长顺", "小红", "德胜")
_REASONS = (
    "冰雹打坏了玉米，粮食不够吃到春天",
    "天旱，红薯基本绝收，买粮的钱不够",
    "果树受冻没有收成，老人常年吃药",
    "受旱减产，家里只有老人带着孙子",
)
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Person:
    """One applicant. ``says`` are their messages; ``answers`` is what the service must then hold, by question."""

    number: int
    says: tuple[str, ...]
    answers: dict[str, Any]

    @classmethod
    def made_up(cls, number: int) -> "Person":
        """The same person for the same ``number``; every number below 20 million has a household of its own."""
        random = Random(number)
        size = random.randint(1, 6)
        need = random.randint(1, size)
        name = random.choice(_SURNAMES) + random.choice(_GIVEN)
        category = random.randrange(len(CATEGORIES))
        village, village_said = random.choice(_villages())
        group, reason = random.choice((("一组", "1组"), ("2", "2组"), ("三组", "3组"))), random.choice(_REASONS)
        id_number, phone = _id_number(number), f"138{number % 10**8:08d}"
        given: tuple[tuple[str, Any], ...] = (
            ("同意", True),
            (name, name),
            (id_number, id_number),
            (phone, f"+86{phone}"),
            (f"{_NUMERALS[size - 1]}口人", size),
            (str(need), need),
            (village_said, village),
            group,
            (str(category + 1), [CATEGORIES[category]]),
            ("都有", list(SCHEME.all_disasters())),
            ("1", ["winter_spring"]),
            (reason, reason),
        )
        answers = {question: value for question, (_, value) in zip(QUESTIONS, given, strict=True)}
        return cls(number, (*BEFORE, *(text for text, _ in given), "1"), answers)

    def answered(self, steps: int) -> dict[str, Any]:
        """What the service must hold once the first ``steps`` messages are acknowledged."""
        return {question: self.answers[question] for question in QUESTIONS[: max(0, steps - len(BEFORE))]}


def _id_number(number: int) -> str:
    year, month, day = 1940 + number % 60, 1 + number // 60 % 12, 1 + number // 720 % 28
    first17 = f"{COUNTY}{year}{month:02d}{day:02d}{number // 20160 % 1000:03d}"
    return first17 + check_digit(first17)


@cache
def _villages() -> list[tuple[str, str]]:
    places = Places([row for row in pilot_divisions() if row.code.startswith(COUNTY)])
    return [(row.code, places.label(row.code)) for row in places.villages()]


def expected() -> tuple[str, ...]:
    """A text that the answer to each step must contain."""
    say = texts()
    told = {"person": SCHEME.contact_phone, "hotline": SCHEME.hotline}
    asked = (say(f"apply.{question}.ask", **told) for question in QUESTIONS)
    filed = say("apply.filed", number=f"{COUNTY}-", village="", **told).partition(f"{COUNTY}-")
    return (say("home.welcome"), *asked, say("review.title"), filed[0] + filed[1])
