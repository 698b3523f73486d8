"""A page is handed what its template shows, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import meta

from admin.rendering import FOLDER, environment
from locales import texts

PAGES = FOLDER / "templates"


def handed() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each place where a page is made: where it stands, its template, the names of what it is handed."""
    for path in sorted(Path(FOLDER).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "page"):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                names = frozenset(word.arg for word in node.keywords if word.arg) - {"status"}
                yield f"{path.name}:{node.lineno}", str(node.args[0].value), names


def shown(template: str) -> set[str]:
    """The names that a template asks for, with those of what it extends, imports and includes."""
    made = environment(texts())
    tree = made.parse((PAGES / template).read_text("utf-8"))
    names = set(meta.find_undeclared_variables(tree))
    for other in meta.find_referenced_templates(tree):
        among = sorted(path.name for path in PAGES.glob("scheme_*.html")) if other is None else [other]
        names |= {name for one in among for name in (shown(one) if one != template else ())}
    return names


def test_nothing_is_handed_over_for_nobody() -> None:
    pages = list(handed())
    assert len(pages) > 30
    unused = {where: sorted(names - shown(template)) for where, template, names in pages}
    assert {where: names for where, names in unused.items() if names} == {}
