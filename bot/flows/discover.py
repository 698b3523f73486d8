"""Someone in need who did not ask (G1): anyone may tell, and somebody goes and looks."""

from bot.answers.many import Many
from bot.answers.name import Name
from bot.answers.one import One
from bot.answers.phone import Phone
from bot.answers.photos import Photos
from bot.answers.place import Place
from bot.answers.text import Text
from bot.conditions import Given
from bot.flow import Flow, Question
from intake.discovery_codes import SITUATIONS

discover = Flow(
    "discover",
    version=1,
    local=True,
    questions=(
        Question("village", Place()),
        Question("who", Text(high=60, spoken=True)),
        Question("phone", Phone(), optional=True, private=True),
        Question("situations", Many(SITUATIONS, "situation")),
        Question("urgent", One(("yes", "no"), "urgency")),
        Question("seen", Text(low=2, high=500, spoken=True)),
        Question("photos", Photos()),
        Question("teller_phone", Phone(), optional=True, private=True),
        Question("teller", Name(), when=Given("teller_phone"), optional=True),
    ),
)
