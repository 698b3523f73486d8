"""The description of the API (OpenAPI 3.1), made from the flows."""

from collections.abc import Iterable
from typing import Any

from bot.answers.base import Given
from bot.faces.schema import DIALECT, schema
from bot.flow import Flow
from locales import Texts

VERSION = "1"
REFUSALS = ("400", "409", "413", "422", "429", "503")


def document(flows: Iterable[Flow], given: Given, public_url: str) -> dict[str, Any]:
    """What programs may send, and what they are answered, in the language of ``given``."""
    flows, text = tuple(flows), given.texts
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {"title": text("api.title"), "version": VERSION, "description": text("api.about")},
        "servers": [{"url": public_url.rstrip("/")}],
        "paths": {
            **{f"/api/v1/{flow.name}": {"post": _post(flow, text)} for flow in flows},
            "/api/v1/health": {
                "get": {
                    "operationId": "health",
                    "summary": text("api.health"),
                    "security": [],
                    "responses": {"200": {"description": text("api.health.well")}},
                }
            },
        },
        "security": [{}, {"client": []}],
        "components": {
            "securitySchemes": {
                "client": {"type": "http", "scheme": "bearer", "description": text("api.client")},
            },
            "schemas": {
                **{flow.name: schema(flow, given) for flow in flows},
                "made": _made(text),
                "errors": _errors(text),
            },
        },
    }


def _post(flow: Flow, text: Texts) -> dict[str, Any]:
    return {
        "operationId": flow.name,
        "summary": text(f"home.{flow.name}"),
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": text("api.key"),
                "schema": {"type": "string", "pattern": "^[0-9A-Za-z_-]{16,64}$"},
            },
            {
                "name": "Accept-Language",
                "in": "header",
                "description": text("api.language"),
                "schema": {"type": "string"},
            },
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{flow.name}"}}},
        },
        "responses": {
            "201": _answer(text("api.made"), "made"),
            **{code: _answer(text(f"api.status.{code}"), "errors") for code in REFUSALS},
        },
    }


def _answer(description: str, name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"description": description, "content": content}


def _made(text: Texts) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "made": {
                "type": "object",
                "description": text("api.made.number"),
                "additionalProperties": {"type": "string"},
            },
            "text": {"type": "string", "description": text("api.text")},
        },
        "required": ["made", "text"],
    }


def _errors(text: Texts) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "errors": {
                "type": "object",
                "description": text("api.errors"),
                "additionalProperties": {"type": "string"},
            },
            "text": {"type": "string", "description": text("api.text")},
        },
        "required": ["errors", "text"],
    }
