"""The desks: one file each, named as its flow."""

from bot.desks import apply
from bot.desks.base import Desk

DESKS: dict[str, Desk] = {"apply": Desk(apply.take)}
"""Every flow's desk by the flow's name."""
