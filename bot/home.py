"""Where people are when they are in no flow: a welcome, and the way into one. Pure."""

from collections.abc import Mapping

from bot.answers.base import Given
from bot.commands import Command, command_of
from bot.effects import Effect, Menu, Say
from bot.engine import resume, start
from bot.flow import Flow
from bot.inbound import Input, Kind
from bot.menu import chosen, named
from bot.session import Session

HOME = "home"
HOME_MENU = Menu(HOME, (("apply", "home.apply"), ("person", "home.person")))


HomeTurn = tuple[Session | None, tuple[Effect, ...]]
"""The session of the flow that was entered, if one was, and what to say."""


def at_home(flow: Flow, drafts: Mapping[str, Session], sent: Input, given: Given) -> HomeTurn:
    """One turn of someone who is in no flow: into ``flow``, or the welcome again.

    The scene of a village's QR code is an answer already given.
    """
    village = given.places.village_of_scene(sent.text) if sent.kind is Kind.SCENE else None
    wants_to_apply = village is not None or _wants_to_apply(sent, given)
    if wants_to_apply and not given.is_open:
        return None, (Say("home.closed", {"person": given.person}),)
    if wants_to_apply:
        draft = drafts.get(flow.name)
        return resume(draft) if draft else start(flow, {"village": village} if village else None)
    said: list[Effect] = []
    if _wants_a_person(sent, given):
        said.append(Say("home.person_text", {"person": given.person, "hotline": given.hotline}))
    else:
        said.append(Say("home.welcome"))
    if flow.name in drafts:
        said.append(Say("home.draft"))
    return None, (*said, HOME_MENU)


def _picked(sent: Input, given: Given) -> str | None:
    if sent.kind is Kind.CHOICE:
        name, _, code = sent.text.partition(":")
        return code if name == HOME else None
    return chosen(sent, named(HOME_MENU, given.texts))


def _wants_to_apply(sent: Input, given: Given) -> bool:
    if _picked(sent, given) == "apply" or (sent.kind is Kind.CHOICE and sent.text == "command:apply"):
        return True
    words = (Command.APPLY, Command.GO_ON, Command.RESTART)
    return sent.kind is Kind.TEXT and command_of(given.texts, sent.text) in words


def _wants_a_person(sent: Input, given: Given) -> bool:
    words = (Command.PERSON, Command.HELP)
    return _picked(sent, given) == "person" or (sent.kind is Kind.TEXT and command_of(given.texts, sent.text) in words)
