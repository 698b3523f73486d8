"""Every flow, whatever is sent to it: the session stays valid, no answer that was given is lost, and the summary stays
within reach."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.commands import Command
from bot.effects import Enter, Leave, Submit
from bot.flow import Flow
from bot.flows import FLOWS
from bot.inbound import Input, Kind
from bot.render import render
from bot.session import REVIEW, Session
from locales import languages, texts
from tests.bot.given import given as given_zh
from tests.bot.sample import begin, facts_of, lead_on, sample, turn

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "\x00",
            "\u202e石门村",
            "石\u200b门\u200d村",
            "🙂" * 50,
            "１３",
            "{person}",
            "%s%n",
            "<b>x</b>",
            "'; --",
            "9" * 400,
            "啊" * 5000,
            "\ud83d",
            "༡༢",
            "1\r\n2",
        ]
    ),
)
WORDS = [word for command in Command for word in texts().words(f"command.{command}.words")]
BEGINS_ANEW = {Command.RESTART, Command.ERASE}


def machine(flow: Flow) -> type[RuleBasedStateMachine]:
    """A state machine that floods one flow."""

    class Flood(RuleBasedStateMachine):
        """Anything, in any order."""

        def __init__(self) -> None:
            super().__init__()
            self.given = given_zh()
            self.session: Session
            self.ended = False
            self.count = 0

        @initialize(language=st.sampled_from(languages()))
        def begin(self, language: str) -> None:
            self.given = replace(given_zh(), texts=texts(language))
            self.session, effects = begin(flow, self.given)
            self.look(effects)

        def send(self, sent: Input) -> None:
            if self.ended:
                return
            before = self.session
            self.session, effects = turn(flow, before, sent, self.given)
            self.look(effects)
            lost = set(before.answers) - set(self.session.answers)
            changed = {key for key in before.answers if self.session.answers.get(key) != before.answers[key]}
            # An answer goes only where everything began anew, or where a changed one makes it impossible.
            assert not lost or not self.session.answers or changed - lost or self.ended, (sent, lost)

        def look(self, effects: tuple[Any, ...]) -> None:
            reply = render(flow, self.session, effects, self.given)
            self.ended = any(isinstance(effect, Leave | Submit | Enter) for effect in effects)
            assert reply.text or self.ended
            assert all(len(choice.id.encode()) <= 64 for choice in reply.choices)
            self.offered = [choice.id for choice in reply.choices]

        @rule(text=HOSTILE)
        def type_anything(self, text: str) -> None:
            self.send(Input(Kind.TEXT, text))

        @rule(word=st.sampled_from(WORDS))
        def say_a_command(self, word: str) -> None:
            self.send(Input(Kind.TEXT, word))

        @rule(number=st.integers(0, 30))
        def type_a_number(self, number: int) -> None:
            self.send(Input(Kind.TEXT, str(number)))

        @rule()
        def answer_sensibly(self) -> None:
            question = flow.find(self.session.at)
            self.send(Input(Kind.TEXT, sample(question) if question else "1"))

        @rule(place=st.integers(0, 20))
        def tap_what_is_offered(self, place: int) -> None:
            if self.offered:
                self.send(Input(Kind.CHOICE, self.offered[place % len(self.offered)]))

        @rule(key=st.sampled_from([*(question.key for question in flow.questions), "gone"]), code=st.text(max_size=8))
        def tap_an_old_button(self, key: str, code: str) -> None:
            self.send(Input(Kind.CHOICE, f"{key}:{code}"))

        @rule(kind=st.sampled_from([Kind.PHOTO, Kind.VOICE, Kind.STICKER, Kind.LOCATION, Kind.OTHER]), text=HOSTILE)
        def send_media(self, kind: Kind, text: str) -> None:
            self.count += 1
            self.send(Input(kind, text, media=str(self.count)))

        @rule(scene=st.one_of(st.just("v410324103201"), st.text(max_size=20)))
        def scan(self, scene: str) -> None:
            self.send(Input(Kind.SCENE, scene))

        @rule()
        def come_back_tomorrow(self) -> None:
            stored = Session.from_json(flow.name, self.session.to_json())
            self.session = replace(stored, facts=facts_of(flow))

        @invariant()
        def the_session_is_stored_as_it_is(self) -> None:
            assert Session.from_json(flow.name, self.session.to_json()) == self.session

        def teardown(self) -> None:
            if self.ended or not hasattr(self, "session"):
                return
            # The samples are Chinese, which every language understands beside its own.
            assert lead_on(flow, self.session, self.given).at == REVIEW

    return Flood


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_no_flood_of_messages_spoils_a_session(flow: Flow) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(flow), settings=settings(max_examples=25, stateful_step_count=25, deadline=None)
    )


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_a_sensible_person_reaches_the_end(flow: Flow) -> None:
    session, _ = begin(flow, given_zh())
    assert lead_on(flow, session, given_zh()).at == REVIEW
