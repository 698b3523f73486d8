"""People are inside a flow when a new release comes: a session of every released version still reaches the summary.

``tests/sessions/<flow>-v<version>.json`` holds sessions as that version stored them, half way and at the summary; they are
recorded once (``--rewrite-talks`` records what is missing) and never changed after.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.engine import settle
from bot.flow import Flow
from bot.flows import FLOWS
from bot.inbound import Input, Kind
from bot.session import REVIEW, Session
from tests.bot.given import given
from tests.bot.sample import begin, facts_of, lead_on, sample, turn

FOLDER = Path(__file__).parents[1] / "sessions"
RECORDED = sorted(FOLDER.glob("*.json"))
KEPT = [flow for flow in FLOWS.values() if flow.questions]
"""A flow without questions has no session."""


def record(flow: Flow) -> list[dict[str, Any]]:
    """Sessions of the flow as it is, one after each question."""
    session, _ = begin(flow, given())
    documents = [session.to_json()]
    while session.at != REVIEW and (question := flow.find(session.at)):
        session, _ = turn(flow, session, Input(Kind.TEXT, sample(question)), given())
        documents.append(session.to_json())
    return documents


@pytest.mark.parametrize("flow", KEPT, ids=lambda flow: flow.name)
def test_every_released_version_has_its_sessions(flow: Flow, request: pytest.FixtureRequest) -> None:
    path = FOLDER / f"{flow.name}-v{flow.version}.json"
    if request.config.getoption("--rewrite-talks") and not path.exists():
        path.write_text(json.dumps(record(flow), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    versions = {f"{flow.name}-v{version}.json" for version in range(1, flow.version + 1)}
    assert versions <= {recorded.name for recorded in FOLDER.glob("*.json")}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_whoever_was_inside_an_old_version_reaches_the_summary_with_their_answers(path: Path) -> None:
    flow = FLOWS[path.stem.partition("-v")[0]]
    for document in json.loads(path.read_text(encoding="utf-8")):
        stored = replace(Session.from_json(flow.name, document), facts=facts_of(flow))
        settled = settle(flow, stored, given())
        kept = {found.key for key in stored.answers if (found := flow.find(key))}
        assert kept <= settled.answers.keys()
        assert lead_on(flow, stored, given()).at == REVIEW
