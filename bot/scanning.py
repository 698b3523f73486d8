"""A QR code that is scanned inside a flow. Pure."""

from dataclasses import replace

from bot.answers.base import Given
from bot.effects import Enter, Leave, Say
from bot.flow import Flow
from bot.going import Turn, go
from bot.inbound import Input
from bot.scenes import HOME_FLOW, read_scene
from bot.session import Session


def scan(flow: Flow, session: Session, sent: Input, given: Given) -> Turn | None:
    """A QR code: of a village, it answers the question of the place; of another conversation, it leads there."""
    scene = read_scene(sent.text, given)
    if scene is None:
        return None if sent.text else go(flow, session, session.at)
    into, village = scene
    question = flow.place()
    if into != flow.name and (question is None or into != HOME_FLOW):
        return session, (Leave(keep=not session.fresh), Enter(into, village))
    if question is None or session.at == question.key or not question.when(session.seen):
        return None if question and session.at == question.key else go(flow, session, session.at)
    session = replace(session, answers={**session.answers, question.key: village})
    return go(flow, session, session.at, Say("flow.scanned", {"village": given.places.label(village)}))
