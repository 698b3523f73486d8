"""Form 1 for another person: a cadre, a relative or a neighbour applies for someone who cannot (提名)."""

from bot.answers.consent import Consent
from bot.answers.count import Count, answered
from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.phone_if_any import PhoneIfAny
from bot.answers.place import Place
from bot.answers.yes import Yes
from bot.conditions import All, Given, Is, Known, Not
from bot.flow import Flow, Question
from bot.flows.form1 import CATEGORIES_ANSWER, DAMAGE, GROUP, HEAD, ID_NUMBER
from intake.nominations import AGREEMENTS, HINDRANCES, RELATIONS

OFFICIAL = Known("@official")
IN_OFFICE = Not(All((Not(OFFICIAL), Not(Is("relation", "group_leader")), Not(Is("relation", "cadre")))))
"""An official whose account is bound, or someone who says to be a cadre: L12 asks them for kinship."""

nominate = Flow(
    "nominate",
    version=1,
    seasonal=True,
    local=True,
    carried=("consent", "relation", "by_name", "by_phone", "village", "group", "disasters", "reliefs"),
    questions=(
        Question("consent", Consent(), gate=True),
        Question("relation", One(RELATIONS, "nominate.relation"), when=Not(OFFICIAL)),
        Question("by_name", Name(), when=Not(OFFICIAL)),
        HEAD,
        ID_NUMBER,
        Question("kin", Yes(), when=IN_OFFICE),
        Question("hindrance", One(HINDRANCES, "nominate.hindrance")),
        Question("agreement", One(AGREEMENTS, "nominate.agreement")),
        Question("phone", PhoneIfAny(), optional=True, private=True),
        Question("by_phone", Phone(), when=Not(All((OFFICIAL, Given("phone")))), private=True),
        Question("household_size", Count(1, 30)),
        Question(
            "persons_in_need",
            Count(1, answered("household_size", 30), over="nominate.persons_in_need.over", whole=True),
        ),
        Question("village", Place()),
        GROUP,
        Question("categories", CATEGORIES_ANSWER),
        *DAMAGE,
    ),
)
