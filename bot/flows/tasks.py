"""What waits for an official: asked nothing, told at once."""

from bot.flow import Flow
from intake.access import PREFIX

tasks = Flow("tasks", version=1, review=False, roles=frozenset(PREFIX), questions=())
