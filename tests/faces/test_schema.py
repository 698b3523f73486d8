"""The schema of every flow is a right one, fits what the flow takes, and leaves out what nobody is asked."""

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.conditions import All, Condition, Given, Has, Is, Known, Not
from bot.faces.conditions import condition
from bot.faces.offered import is_free, open_to_programs
from bot.faces.openapi import document
from bot.faces.schema import schema
from bot.filling import Form, fill
from bot.flow import Flow
from bot.flows import FLOWS
from tests.bot.given import given
from tests.faces.household import codes

FORMS = [flow for flow in FLOWS.values() if is_free(flow)]


@pytest.mark.parametrize("flow", FORMS, ids=lambda flow: flow.name)
def test_it_is_a_json_schema_with_every_question(flow: Flow) -> None:
    facts = {f"@{word}": True for word in ("official", "counties")}
    bodies = [schema(flow, given(), known) for known in ({}, facts)]
    for body in bodies:
        Draft202012Validator.check_schema(body)
    assert {key for body in bodies for key in body["properties"]} == {question.key for question in flow.questions}
    assert list(bodies[0]["properties"]) == [q.key for q in flow.questions if q.key in bodies[0]["properties"]]


def test_a_right_application_fits_and_is_taken() -> None:
    body, form = schema(FLOWS["apply"], given()), codes(1)
    assert list(Draft202012Validator(body).iter_errors(form)) == []
    assert fill(FLOWS["apply"], Form("apply", form, send=True), {}, given()).errors == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": False},
        {"id_number": "123"},
        {"household_size": 31},
        {"household_size": "four"},
        {"categories": []},
        {"categories": ["nosuch"]},
        {"disasters": "drought"},
        {"village": "石门"},
        {"reason": ""},
        {"unknown": 1},
    ],
    ids=str,
)
def test_a_wrong_application_does_not_fit(wrong: dict[str, Any]) -> None:
    assert list(Draft202012Validator(schema(FLOWS["apply"], given())).iter_errors(codes(1) | wrong))


def test_a_question_that_hangs_on_another_is_required_only_then() -> None:
    validator = Draft202012Validator(schema(FLOWS["report"], given()))
    report = {"confidential": True, "kind": None, "level": None, "what": "名单里有村干部的亲戚", "named": "no"}
    for key in ("kind", "level"):
        report[key] = schema(FLOWS["report"], given())["properties"][key]["oneOf"][0]["const"]
    assert list(validator.iter_errors(report)) == []
    (error,) = validator.iter_errors(report | {"named": "yes"})
    assert "name" in error.message
    assert list(validator.iter_errors(report | {"named": "yes", "name": "王建国"})) == []


WORLDS: list[dict[str, Any]] = [
    {},
    {"a": True},
    {"a": False},
    {"a": "x"},
    {"a": 3},
    {"a": ["x", "y"]},
    {"a": 2, "c": ["x", "y"]},
    {"c": ["z"]},
    {"a": 2, "c": []},
    {"c": None},
    {"a": []},
    {"a": ""},
    {"a": None},
    {"a": ["z"], "b": 1},
    {"@a": True},
]


@pytest.mark.parametrize("answers", WORLDS, ids=str)
@pytest.mark.parametrize(
    "when",
    [
        Is("a", True),
        Is("a", "x"),
        Is("a", 3),
        Has("c", ("x", "z")),
        Given("a"),
        Known("@a"),
        Not(Is("a", True)),
        Not(Known("@a")),
        All((Given("a"), Not(Has("c", ("x",))))),
        All((Known("@a"), Not(Given("b")))),
        Not(All((Not(Known("@a")), Not(Is("a", "x"))))),
    ],
    ids=str,
)
def test_a_condition_and_its_rule_say_the_same(when: Condition, answers: dict[str, Any]) -> None:
    rule = condition(when, {key: value for key, value in answers.items() if key.startswith("@")})
    said = {key: value for key, value in answers.items() if not key.startswith("@")}
    assert Draft202012Validator(rule).is_valid(said) == when(answers)


def test_the_description_names_every_open_flow_and_refers_to_nothing_missing() -> None:
    described = document(open_to_programs(), given(), "https://nuandong.example.cn/")
    assert {"/api/v1/apply", "/api/v1/report", "/api/v1/nominate", "/api/v1/health"} <= set(described["paths"])
    text = json.dumps(described)
    schemas = described["components"]["schemas"]
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        Draft202012Validator.check_schema(schemas[name])
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": "https://nuandong.example.cn"}]


def test_the_language_is_the_callers() -> None:
    from locales import texts

    english = schema(FLOWS["apply"], replace(given(), texts=texts("en")))
    assert english["title"] != schema(FLOWS["apply"], given())["title"]
