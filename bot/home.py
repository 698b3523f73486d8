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


_APPLY = frozenset({Command.APPLY, Command.GO_ON, Command.RESTART})
_PERSON = frozenset({Command.PERSON, Command.HELP})

HomeTurn = tuple[Session | None, tuple[Effect, ...]]
"""The session of the flow that was entered, if one was, and what to say."""


def at_home(flow: Flow, drafts: Mapping[str, Session], sent: Input, given: Given, *, shown: bool) -> HomeTurn:
    """One turn of someone who is in no flow: into ``flow``, or the welcome again.

    The scene of a village's QR code is an answer already given. A number counts only when the menu was the last
    thing ``shown``: a second «1» after an application was sent begins no other.
    """
    village = given.places.village_of_scene(sent.text) if sent.kind is Kind.SCENE else None
    picked = _picked(sent, given, shown=shown)
    wants_to_apply = village is not None or picked == "apply" or _says(sent, given, _APPLY)
    if wants_to_apply and not given.is_open:
        return None, (Say("home.closed", {"person": given.person}),)
    if wants_to_apply:
        draft = drafts.get(flow.name)
        if draft:
            return resume(draft)
        session, asked = start(flow, {"village": village} if village else None)
        scanned = (Say("flow.scanned", {"village": given.places.label(village)}),) if village else ()
        return session, (*scanned, *asked)
    said: list[Effect] = []
    if picked == "person" or _says(sent, given, _PERSON):
        said.append(Say("home.person_text", {"person": given.person, "hotline": given.hotline}))
    else:
        said.append(Say("home.welcome"))
    if flow.name in drafts:
        said.append(Say("home.draft"))
    return None, (*said, HOME_MENU)


def _picked(sent: Input, given: Given, *, shown: bool) -> str | None:
    if sent.kind is Kind.CHOICE:
        name, _, code = sent.text.partition(":")
        return code if name in (HOME, "command") else None
    is_number = sent.text.strip().isdigit()
    return chosen(sent, named(HOME_MENU, given.texts)) if shown or not is_number else None


def _says(sent: Input, given: Given, words: frozenset[Command]) -> bool:
    return sent.kind is Kind.TEXT and command_of(given.texts, sent.text) in words
