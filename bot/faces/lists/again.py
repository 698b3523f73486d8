"""What was understood of a row, as somebody would type it: for rows handed out to be filled in further. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.faces.lists.columns import Column
from bot.faces.lists.rows import Asked
from intake import phone


def typed_again(asked: Asked, answers: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row by column key. Numbers are open: whoever gets them imported them."""
    return {
        column.key: _cell(asked, column, value)
        for column in asked.columns
        if column.question is not None and (value := answers.get(column.key)) not in (None, "", [])
    }


def _cell(asked: Asked, column: Column, value: Any) -> str:
    answer = column.question.answer if column.question else None
    if answer is None or answer.kind in ("id_number", "name", "text", "group"):
        return str(value)
    if answer.kind == "phone":
        return phone.national(str(value))
    return answer.show(asked.given, value)
