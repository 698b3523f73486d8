"""Where people are when they are in no flow: a welcome, and the ways into the flows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.answers.base import Given, Miss, Value
from bot.answers.reference import Reference, nearly_case
from bot.answers.words import plain
from bot.asides import LANGUAGES, ask_erase
from bot.commands import Command, command_of, language_of
from bot.effects import Effect, Menu, Mute, Say, SetLanguage
from bot.flow import Flow
from bot.flows.menu import LABELS, LISTS, MENUS
from bot.going import go, resume, start
from bot.inbound import Input, Kind
from bot.menu import chosen, named
from bot.render import shown_answer
from bot.scenes import read_scene
from bot.session import Session
from bot.settling import fitting, next_open, settle
from intake.access import Official
from intake.procedure import Role
from locales import languages

HOME = "home"
QUESTION_LENGTH = 5
"""Characters from which a message that is no choice is taken for a question about the rules; a shorter one is when it
asks (发多少钱)."""
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
    only under one), and the ``official`` they are, where their account is bound."""

    drafts: Mapping[str, Session]
    shown: str | None = None
    official: Official | None = None

    @property
    def role(self) -> Role | None:
        """An official's role."""
        return self.official.role if self.official else None

    @property
    def village(self) -> str:
        """Where an official of a village works."""
        return (self.official.division or "") if self.official and self.role is Role.VILLAGE else ""

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
    if sent.kind is Kind.SCENE and (scene := read_scene(sent.text, given)):
        return enter(flows[scene[0]], who, given, scene[1])
    if language := _language(who, sent, given):
        return welcome(flows, who, SetLanguage(language), Say("home.menu"))
    said = command_of(given.texts, sent.text) if sent.kind is Kind.TEXT else None
    picked = _picked(flows, who, sent, given) or (_ENTERS.get(said) if said else None)
    if picked and picked in MENUS:
        return HomeTurn(None, (Say("home.menu"), menu_of(flows, picked, who.role)), picked)
    if picked and picked in flows and not flows[picked].admits(who.role):
        return welcome(flows, who, Say("home.staff_only"))
    if picked and picked in flows:
        return enter(flows[picked], who, given)
    if said is Command.LANGUAGE:
        return HomeTurn(None, (Say("language.ask"), LANGUAGES), LANGUAGES.name)
    if said in (Command.GO_ON, Command.ERASE) and who.begun:
        flow = flows[who.begun[-1].flow]
        draft = settle(flow, who.begun[-1], given)
        if said is Command.ERASE:
            return HomeTurn(*ask_erase(flow, resume(draft)[0], given))
        return HomeTurn(*go(flow, draft, next_open(flow, draft.seen)))
    if said is Command.MUTE:
        return welcome(flows, who, Mute(), Say("flow.muted"))
    if said in (Command.HELP, Command.EXPLAIN):
        return welcome(flows, who, Say("home.help", {"person": given.person, "hotline": given.hotline}))
    if said is None and sent.kind is Kind.TEXT and (turn := _looked_up(flows, who, sent, given)):
        return turn
    return welcome(flows, who)


def enter(flow: Flow, who: Resident, given: Given, village: str = "") -> HomeTurn:
    """Into a flow, with the village of a QR code where there was one, or of an official's own work."""
    if not flow.admits(who.role):
        return HomeTurn(None, (Say("home.staff_only"),), who.menu)
    if flow.seasonal and not given.is_open:
        return HomeTurn(None, (Say("home.closed", {"person": given.person}),), who.menu)
    draft = who.drafts.get(flow.name)
    place = flow.place()
    if draft and not draft.fresh:
        if village and place and place.key not in draft.answers:
            draft = replace(draft, answers={**draft.answers, place.key: village})
        return HomeTurn(*resume(draft))
    carried = {key: draft.answers[key] for key in flow.carried if key in draft.answers} if draft else {}
    carried = fitting(flow, carried, given)
    if not village and flow.local and place and place.key not in carried and given.places.get(who.village):
        village = who.village
    known = {place.key: village} if village and place else {}
    scanned = (Say("flow.scanned", {"village": given.places.label(village)}),) if known else ()
    kept = _kept(flow, {key: value for key, value in carried.items() if key not in known}, given)
    session, asked = start(flow, {**carried, **known})
    return HomeTurn(session, (*scanned, *((Say("flow.carried", {"kept": kept}),) if kept else ()), *asked))


def _kept(flow: Flow, carried: Mapping[str, Any], given: Given) -> str:
    """What the one before leaves to this one, line by line."""
    kept = [question for question in flow.questions if question.key in flow.carried and not question.gate]
    answers = [(question, carried.get(question.key)) for question in kept]
    return "\n".join(
        given.texts("review.line", name=given.texts(flow.text(one, "name")), value=shown_answer(one, answer, given))
        for one, answer in answers
        if answer is not None
    )


def menu_of(flows: Mapping[str, Flow], name: str, role: Role | None) -> Menu:
    """A menu with its labels, as someone of ``role`` sees it."""
    shown = (code for code in MENUS[name] if code in LISTS or (code in flows and flows[code].admits(role)))
    return Menu(name, tuple((code, LABELS.get((name, code), f"home.{code}")) for code in shown))


def welcome(flows: Mapping[str, Flow], who: Resident, *said: Effect) -> HomeTurn:
    """The menu of who they are, after what was ``said`` or a greeting."""
    greeting = said or (Say("home.welcome.official" if who.official else "home.welcome"),)
    drafts = (Say("home.draft"),) if who.begun else ()
    return HomeTurn(None, (*greeting, *drafts, menu_of(flows, who.menu, who.role)), who.menu)


def _picked(flows: Mapping[str, Flow], who: Resident, sent: Input, given: Given) -> str | None:
    """The flow or menu that was chosen: by a tap on any menu, by a number under the one shown, by a name always."""
    if sent.kind is Kind.CHOICE:
        name, _, code = sent.text.partition(":")
        if name == "command":
            return _ENTERS.get(Command(code)) if code in set(Command) else None
        return _leads(who, code) if name in MENUS else None
    if sent.text.strip().isdigit():
        shown = named(menu_of(flows, who.shown, who.role), given.texts) if who.shown in MENUS else ()
        return _leads(who, chosen(sent, shown))
    every = dict.fromkeys(code for name in MENUS for code in MENUS[name] if code in flows or code in LISTS)
    names = {code: given.texts.names(f"home.{code}") for code in every}
    for (_, code), label in LABELS.items():
        names[code] = (*names.get(code, ()), *given.texts.names(label))
    return _leads(who, chosen(sent, tuple(names.items())))


def _looked_up(flows: Mapping[str, Flow], who: Resident, sent: Input, given: Given) -> HomeTurn | None:
    """What a text that is no choice looks up: where a number stands, or what the rules say."""
    number = Reference().parse(given, sent)
    if "status" in flows and isinstance(number, Value):
        return HomeTurn(*start(flows["status"], {"number": number.value}))
    if isinstance(number, Miss) and nearly_case(sent.text):
        return welcome(flows, who, Say(number.key, number.params))
    if "questions" in flows and _asks(sent.text, given):
        return HomeTurn(*start(flows["questions"], {"ask": sent.text[:LONGEST_QUESTION]}))
    return None


def _asks(said: str, given: Given) -> bool:
    """Whether a message is a question about the rules: long enough, or with a word that asks and one beside it."""
    text = plain(said).lower().rstrip("?!。. ")
    asking = given.texts.words("questions.asking.words")
    return len(plain(said)) >= QUESTION_LENGTH or any(word in text and word != text for word in asking)


def _language(who: Resident, sent: Input, given: Given) -> str | None:
    name, _, code = sent.text.partition(":")
    if sent.kind is Kind.CHOICE:
        return code if name == LANGUAGES.name and code in languages() else None
    shown = chosen(sent, named(LANGUAGES, given.texts)) if who.shown == LANGUAGES.name else None
    return shown or (language_of(given.texts, sent.text) if sent.kind is Kind.TEXT else None)


def _leads(who: Resident, code: str | None) -> str | None:
    return {"more": "home_more", "main": who.menu}.get(code or "", code)
