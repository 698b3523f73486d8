"""The example of a proxy lets through what the console takes."""

import re
from pathlib import Path

import pytest

from admin.app import ROUTES, Route
from admin.gate import Page

CONF = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text("utf-8")
LOCATION = re.compile(r"location (=|~|) ?(\S+) \{\n(.*?)\n    \}", re.S)
SIZE = re.compile(r"client_max_body_size (\d+)m;")
LARGE = [route for route in ROUTES if isinstance(route.page, Page) and route.page.largest]


def lets_through(path: str) -> int:
    """Bytes of a form that the proxy takes at an address."""
    for how, where, body in LOCATION.findall(CONF):
        size = SIZE.search(body)
        fits = {"=": path == where, "~": re.search(where, path), "": path.startswith(where)}[how]
        if size is not None and fits:
            return int(size[1]) * 1024 * 1024
    return 1024 * 1024


@pytest.mark.parametrize("route", LARGE, ids=lambda route: route.path)
def test_a_form_with_a_file_passes_the_proxy(route: Route) -> None:
    assert isinstance(route.page, Page)
    assert lets_through(re.sub(r"\{id:.*?\}\}?", "375131838875317543", route.path)) >= route.page.largest


def test_there_are_forms_with_files() -> None:
    assert len(LARGE) >= 4
    assert lets_through("/admin/funds") == 1024 * 1024
