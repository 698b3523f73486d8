"""Where people are when they are in no flow: a welcome, and the ways into the flows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.base import Given
from bot.answers.words import plain
from bot.asides import LANGUAGES
from bot.commands import Command, command_of
from bot.effects import Effect, Menu, Say, SetLanguage
from bot.flow import Flow
from bot.flows.menu import LISTS, MENUS, SCENES
from bot.going import go, resume, start
from bot.inbound import Input, Kind
from bot.menu import chosen, named, names_of
from bot.session import Session
from bot.settling import next_open
from locales import languages

HOME = "home"
QUESTION_LENGTH = 5
"""Characters from which a message that is no choice is taken for a question about the rules."""
LONGEST_QUESTION = 200

_ENTERS = {Command.APPLY: "apply", Command.RESTART: "apply", Command.PERSON: "person"}


@dataclass(frozen=True, slots=True)
class HomeTurn:
    """The session of the flow that was entered, if one was; what to say; and the menu that is shown now."""

    session: Session | None
    effects: tuple[Effect, ...]
    shown: str = HOME


@dataclass(frozen=True, slots=True)
class Resident:
    """Who is at home: the ``drafts`` they have begun, oldest first, the menu that was ``shown`` last (a number counts
    only under one), and whether they are an ``official``."""

    drafts: Mapping[str, Session]
    shown: str | None = None
    official: bool = False

    @property
    def menu(self) -> str:
        """The menu that they are greeted with."""
        return "home_staff" if self.official else HOME

    @property
    def begun(self) -> tuple[Session, ...]:
        """Drafts with answers of their own."""
        return tuple(draft for draft in self.drafts.values() if not draft.fresh)


def at_home(flows: Mapping[str, Flow], who: Resident, sent: Input, given: Given) -> HomeTurn:
    """One turn of someone who is in no flow: into a flow, to another menu, or the welcome again.

    The scene of a village's QR code is an answer already given. A number counts only when a menu was the last
    thing shown: a second «1» after an application was sent begins no other.
    """
    if sent.kind is Kind.SCENE and sent.text[:1] in SCENES and (village := _village(sent, given)):
        return enter(flows[SCENES[sent.text[0]]], who, given, village)
    if language := _language(who, sent, given):
        return _welcome(flows, who, SetLanguage(language))
    said = command_of(given.texts, sent.text) if sent.kind is Kind.TEXT else None
    picked = _picked(flows, who, sent, given) or (_ENTERS.get(said) if said else None)
    if picked and picked in MENUS:
        return HomeTurn(None, (Say("home.menu"), menu_of(flows, picked)), picked)
    if picked and picked in flows:
        return enter(flows[picked], who, given)
    if said is Command.LANGUAGE:
        return HomeTurn(None, (Say("language.ask"), LANGUAGES), LANGUAGES.name)
    if said is Command.GO_ON and who.begun:
        draft = who.begun[-1]
        return HomeTurn(*go(flows[draft.flow], draft, next_open(flows[draft.flow], draft.seen)))
    if said is Command.HELP:
        return _welcome(flows, who, Say("home.help", {"person": given.person, "hotline": given.hotline}))
    if "questions" in flows and said is None and sent.kind is Kind.TEXT and len(plain(sent.text)) >= QUESTION_LENGTH:
        return HomeTurn(*start(flows["questions"], {"ask": sent.text[:LONGEST_QUESTION]}))
    return _welcome(flows, who)


def enter(flow: Flow, who: Resident, given: Given, village: str = "") -> HomeTurn:
    """Into a flow, with the village of a QR code where there was one."""
    if flow.seasonal and not given.is_open:
        return HomeTurn(None, (Say("home.closed", {"person": given.person}),), who.menu)
    place = flow.place() if village else None
    known = {place.key: village} if place else {}
    scanned = (Say("flow.scanned", {"village": given.places.label(village)}),) if known else ()
    draft = who.drafts.get(flow.name)
    if draft and not draft.fresh:
        return HomeTurn(*resume(draft))
    carried = {**(draft.answers if draft else {}), **known}
    session, asked = start(flow, carried)
    return HomeTurn(session, (*scanned, *asked))


def _village(sent: Input, given: Given) -> str | None:
    return given.places.village_of_scene(f"v{sent.text[1:]}")


def menu_of(flows: Mapping[str, Flow], name: str) -> Menu:
    """A menu with its labels."""
    return Menu(name, tuple((code, f"home.{code}") for code in MENUS[name] if code in flows or code in LISTS))


def _welcome(flows: Mapping[str, Flow], who: Resident, *said: Effect) -> HomeTurn:
    greeting = said or (Say("home.welcome.official" if who.official else "home.welcome"),)
    drafts = (Say("home.draft"),) if who.begun else ()
    return HomeTurn(None, (*greeting, *drafts, menu_of(flows, who.menu)), who.menu)


def _picked(flows: Mapping[str, Flow], who: Resident, sent: Input, given: Given) -> str | None:
    """The flow or menu that was chosen: by a tap on any menu, by a number under the one shown, by a name always."""
    if sent.kind is Kind.CHOICE:
        name, _, code = sent.text.partition(":")
        if name == "command":
            return _ENTERS.get(Command(code)) if code in set(Command) else None
        return _leads(who, code) if name in MENUS else None
    if sent.text.strip().isdigit():
        return _leads(who, chosen(sent, named(menu_of(flows, who.shown), given.texts))) if who.shown in MENUS else None
    every = dict.fromkeys(code for name in MENUS for code, _ in menu_of(flows, name).options)
    return _leads(who, chosen(sent, tuple((code, names_of(f"home.{code}", given.texts)) for code in every)))


def _language(who: Resident, sent: Input, given: Given) -> str | None:
    name, _, code = sent.text.partition(":")
    if sent.kind is Kind.CHOICE:
        return code if name == LANGUAGES.name and code in languages() else None
    return chosen(sent, named(LANGUAGES, given.texts)) if who.shown == LANGUAGES.name else None


def _leads(who: Resident, code: str | None) -> str | None:
    return {"more": "home_more", "main": who.menu}.get(code or "", code)
