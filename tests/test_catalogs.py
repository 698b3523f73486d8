"""The catalogs: no key that the code names is missing, none is there for nobody, fields fit."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from intake.codes import CATEGORIES, DISASTERS, FAMILIES, RELIEFS
from locales import HOME, MissingTextError, texts

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "intake", "notifications", "admin", "service")


def test_every_code_of_the_forms_has_its_label() -> None:
    for prefix, codes in (
        ("category", CATEGORIES),
        ("disaster", DISASTERS),
        ("relief", RELIEFS),
        ("family", FAMILIES),
    ):
        for code in codes:
            assert texts()(f"{prefix}.{code}")


def test_an_unknown_key_is_an_error_and_an_unknown_language_is_chinese() -> None:
    with pytest.raises(MissingTextError):
        texts()("no.such.key")
    assert texts("tlh") is texts(HOME)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "locales").rglob("*.po")), ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_a_catalog_has_no_fuzzy_empty_or_double_message(path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    assert not [message.id for message in catalog if message.id and (message.fuzzy or not message.string)]
    ids = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids))


def test_no_key_stands_in_two_rooms() -> None:
    seen: dict[str, str] = {}
    for path in sorted((ROOT / "locales" / HOME).rglob("*.po")):
        for key in re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE):
            assert seen.setdefault(key, path.stem) == path.stem, key


def test_people_are_told_nothing_that_stands_in_the_code() -> None:
    """Chinese text in a Python string is a text for people outside the catalogs (parsers read words, so answers and
    the demo's made-up people may hold some)."""
    may = {"bot/answers", "intake/phone.py", "intake/places.py", "intake/place_index.py", "intake/divisions.py"}
    may |= {
        "admin/day_lists.py",
        "admin/forms.py",
        "bot/channels/wechat_read.py",
        "service/demo_beside.py",
        "service/demo_county.py",
        "service/demo_goods.py",
        "service/demo_paying.py",
        "service/demo_people.py",
        "service/demo_season.py",
        "service/demo_village.py",
        "service/demo_story.py",
        "service/demo_visitors.py",
        "intake/id_number.py",
        "intake/scheme/groups.py",
    }
    han = re.compile(r"[\u4e00-\u9fff]")
    found = []
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if any(name.startswith(allowed) for allowed in may):
                continue
            code = re.sub(r'"""(?:.|\n)*?"""|#[^\n]*', "", path.read_text("utf-8"))
            found += [name for line in code.splitlines() if han.search(line)]
    assert sorted(set(found)) == []
