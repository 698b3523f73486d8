"""Form 1: a household applies for relief (受灾人员生活困难救助申请表)."""

from bot.answers.consent import Consent
from bot.answers.count import Count, answered
from bot.answers.phone import Phone
from bot.answers.place import Place
from bot.flow import Flow, Question
from bot.flows.form1 import CATEGORIES_ANSWER, DAMAGE, GROUP, HEAD, ID_NUMBER

apply = Flow(
    "apply",
    version=2,
    seasonal=True,
    questions=(
        Question("consent", Consent(), gate=True),
        HEAD,
        ID_NUMBER,
        Question("phone", Phone(), private=True),
        Question("household_size", Count(1, 30)),
        Question(
            "persons_in_need", Count(1, answered("household_size", 30), over="apply.persons_in_need.over", whole=True)
        ),
        Question("village", Place()),
        GROUP,
        Question("categories", CATEGORIES_ANSWER),
        *DAMAGE,
    ),
)
