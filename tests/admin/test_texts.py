"""Every text that code and templates name is in the catalogs."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from admin.call import WORKERS
from admin.gate import PEOPLE
from admin.paths import WAITS
from admin.poster import POSTERS
from admin.rendering import render
from intake.procedure import Action, Pass, Role, State
from intake.public_notices import PublicVillage
from intake.reviews import FORMS
from intake.steps import SINGLE
from locales import HOME, texts

ROOT = Path(__file__).parents[2]
_KEY = re.compile(r"""(?<!options\()["'](refusal\.[\w.]+|admin\.[a-z_.]+[a-z_]|public\.[a-z_.]+[a-z_])["'](?! ~)""")


_SAID = re.compile(r"""(?:"|done=)([a-z_]+)["&]""")


def named() -> set[str]:
    """All keys that the sources of intake and admin name whole; what ``options`` is given is the beginning of some."""
    files = [
        *(ROOT / "intake").rglob("*.py"),
        *(ROOT / "admin").glob("*.py"),
        *(ROOT / "admin/templates").glob("*.html"),
    ]
    return {key for file in files for key in _KEY.findall(file.read_text("utf-8"))}


def test_every_key_has_its_text() -> None:
    t = texts()
    keys = named()
    assert {"refusal.L6.equal_per_person", "admin.wrong.amount", "public.hotline"} <= keys
    assert sorted(key for key in keys if not t.has(key)) == []


@pytest.mark.parametrize(("kind", "codes"), [("state", State), ("action", Action), ("role", Role), ("pass", Pass)])
def test_every_code_of_the_procedure_has_a_label(kind: str, codes: type[State]) -> None:
    assert [code for code in codes if not texts().has(f"{kind}.{code.value}")] == []


def test_keys_that_are_put_together_have_their_texts() -> None:
    made = [f"admin.done.step_{action.value}" for action in SINGLE] + [f"review.form.{form}" for form in FORMS]
    made += [f"admin.waits.{state.value}" for state in WAITS]
    made += [f"admin.task.{state.value}" for state in WAITS if state is not State.ON_NOTICE]
    made += [f"admin.error.{what}.title" for what in ("role", "form", "missing")]
    made += [f"admin.case.by.{actor}" for actor in ("staff", "contact", "clock")]
    made += [f"admin.moved.{who}" for who in ("you", "other")]
    made += [f"admin.home.sees.{role.value}" for role in PEOPLE - WORKERS]
    made += [f"admin.home.poster.{role.value}" for role in POSTERS]
    assert [key for key in made if not texts().has(key)] == []


def test_nothing_is_there_to_be_said_that_no_page_says() -> None:
    """What a page says without there being a text is an error where it says so (``Call.on``)."""
    files = [*(ROOT / "admin").glob("*.py"), *(ROOT / "admin/templates").glob("*.html")]
    said = {what for file in files for what in _SAID.findall(file.read_text("utf-8"))}
    said |= {f"step_{action.value}" for action in SINGLE}
    catalogs = (ROOT / "locales" / HOME).rglob("*.po")
    known = {what for path in catalogs for what in re.findall(r'msgid "admin\.done\.(.+)"', path.read_text("utf-8"))}
    assert len(known) > 40
    assert sorted(known - said) == []


def test_what_people_typed_is_escaped() -> None:
    village = PublicVillage("410324103201", "<script>alert(1)</script>", "潭头镇", 1, datetime(2022, 11, 6, tzinfo=UTC))
    html = render(texts(), "public_list.html", place=None, found=[village])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
