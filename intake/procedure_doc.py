"""``python -m intake.procedure_doc``: the procedure for people to read, written from the table."""

from collections.abc import Iterator

from intake.procedure import DECISIONS, TABLE, Pass, State, Transition
from locales import Texts, texts


def page(t: Texts) -> str:
    """The table and its picture as Markdown, in the words of ``t``."""
    return "\n".join([*_head(), *_picture(t), *_rows(t), ""])


def _head() -> Iterator[str]:
    yield "# The procedure"
    yield ""
    yield "Written from `intake/procedure.py` by `make procedure`; a test fails while it says something else. Both"
    yield "passes take the same steps (L11): first who is in need, then how much. Rows marked ★ are decisions: one"
    yield "person takes one of them at most once in each revision, whatever the level (L12)."
    yield ""


def _picture(t: Texts) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {State.APPLIED.value}"
    seen = set()
    for row in TABLE:
        arrow = (row.state.value, row.to.value, t(f"action.{row.action.value}"))
        if arrow not in seen and row.action != "withdraw":
            seen.add(arrow)
            yield f"    {arrow[0]} --> {arrow[1]}: {arrow[2]}"
    for state in State:
        yield f"    {state.value}: {t(f'state.{state.value}')}"
    yield "```"
    yield ""
    yield f"Until the county has decided, the applicant may withdraw ({t('action.withdraw')})."
    yield ""


def _rows(t: Texts) -> Iterator[str]:
    for pass_ in Pass:
        yield f"## {t(f'pass.{pass_.value}')}"
        yield ""
        yield "| from | step | who | to | guards |"
        yield "|---|---|---|---|---|"
        yield from (_row(t, row) for row in TABLE if row.pass_ is pass_)
        yield ""


def _row(t: Texts, row: Transition) -> str:
    who = "、".join(t(f"role.{role.value}") for role in (row.role, row.also) if role)
    star = " ★" if row.action in DECISIONS else ""
    guards = ", ".join(f"`{guard.__name__}`" for guard in row.guards)
    step = f"{t(f'action.{row.action.value}')} `{row.action.value}`{star}"
    state = f"{t(f'state.{row.state.value}')} `{row.state.value}`"
    return f"| {state} | {step} | {who} | {t(f'state.{row.to.value}')} `{row.to.value}` | {guards} |"


if __name__ == "__main__":
    print(page(texts()), end="")  # noqa: T201
