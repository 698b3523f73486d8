"""A human, please (M1)."""

from bot.answers.text import Text
from bot.flow import Flow, Question

person = Flow(
    "person", version=1, review=False, keep_days=1, questions=(Question("about", Text(high=500, spoken=True)),)
)
