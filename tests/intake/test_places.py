"""The divisions of the file, cleaned, and the villages people mean."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import divisions
from intake.divisions import Row
from intake.places import MOST, Places

with (Path(__file__).parents[2] / "intake" / "data" / "pilot_divisions.tsv").open(encoding="utf-8") as _lines:
    ROWS = divisions.read(_lines)
BY_CODE = {row.code: row for row in ROWS}
PLACES = Places(ROWS)
LUANCHUAN = "410324"


def found(text: str, within: str = LUANCHUAN) -> list[str]:
    """Labels, those to be confirmed with a question mark."""
    return [match.label + ("" if match.exact else "？") for match in PLACES.find(text, within=within)]


def test_every_row_follows_its_parent() -> None:
    seen: set[str | None] = {None}
    for row in ROWS:
        assert row.parent in seen
        assert len(row.code) == {3: 6, 4: 9, 5: 12}[row.level]
        seen.add(row.code)
    assert [sum(row.level == level for row in ROWS) for level in (3, 4, 5)] == [10, 132, 1194]


def test_blemishes_are_gone() -> None:
    villages = [row for row in ROWS if row.level == 5]
    assert all(row.name.endswith(("村", "社区")) for row in villages)
    assert not any("虚拟" in row.name or "委员会" in row.name for row in villages)
    names = [
        BY_CODE[code].name for code in ("410324001003", "410324106202", "410324400001", "623026101201", "120111105006")
    ]
    assert names == ["兴华路北社区", "常湾村", "大清沟社区", "加格村", "远洋万和城社区"]
    assert BY_CODE["410324102201"] == Row("410324102201", 5, "前村村", "前村", "410324102", "")


def test_the_two_code_systems_are_kept_apart() -> None:
    assert (BY_CODE["623021100"].name, BY_CODE["623021100"].mca_code) == ("城关镇", "623021101")
    assert BY_CODE["623021101"].name == "新城镇"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("石门", ["潭头镇石门村"]), ("石门村", ["潭头镇石门村"]), ("潭头石门村三组", ["潭头镇石门村"]), ("栾川潭头石门", ["潭头镇石门村"]),
        ("河南省洛阳市栾川县潭头镇石门村", ["潭头镇石门村"]), ("我家在石门村", ["潭头镇石门村"]), ("石门村委会", ["潭头镇石门村"]),
        ("石门大队", ["潭头镇石门村"]), ("石门村上沟组", ["潭头镇石门村"]), ("潭头镇 石门村，3组", ["潭头镇石门村"]), ("石门村民委员会", ["潭头镇石门村"]),
        ("谭头石门", ["潭头镇石门村？"]), ("陶弯镇红庙", ["陶湾镇红庙村？"]), ("十门", ["潭头镇石门村？"]), ("湖南石门", ["潭头镇石门村？"]),
        ("石门沟", ["潭头镇石门村？"]), ("不是石门", ["潭头镇石门村？"]), ("潭头村", ["潭头镇潭头社区？"]),
        ("孤山", ["合峪镇孤山村", "狮子庙镇孤山村"]), ("合峪孤山村", ["合峪镇孤山村"]), ("大南沟", ["耕莘街道大南沟社区"]), ("南沟", ["冷水镇南沟村"]),
        ("张村", ["潭头镇张村"]), ("前村", ["合峪镇前村村"]), ("重渡沟大清沟", ["重渡沟生态旅游示范区大清沟社区"]),
        ("钓鱼", ["合峪镇钓鱼台村？"]), ("耕莘路", ["耕莘街道耕莘东路社区？"]), ("栾川县城关镇西地社区", ["耕莘街道西地社区？"]),
        ("潭头镇", ["栾川县潭头镇"]), ("谭头镇", ["栾川县潭头镇？", "潭头镇潭头社区？"]), ("潭头", ["栾川县潭头镇", "潭头镇潭头社区"]), ("栾川县", ["栾川县"]),
        ("", []), ("张", []), ("你好", []), ("没有", []), ("不知道", []), ("兰州", []), ("\x00\u202e", []), ("123", []),
    ],
)  # fmt: skip
def test_what_people_type(text: str, labels: list[str]) -> None:
    assert found(text) == labels


def test_a_small_township_gives_its_villages_to_confirm() -> None:
    labels = found("冷水")
    assert 1 < len(labels) <= MOST
    assert all(label.startswith("冷水镇") and label.endswith("？") for label in labels)


def test_a_township_alone_is_signalled_by_its_code() -> None:
    assert [len(match.code) for match in PLACES.find("庙子镇", within=LUANCHUAN)] == [9]


def test_places_of_several_counties_are_told_apart() -> None:
    assert found("城关镇", within="") == ["临潭县城关镇", "舟曲县城关镇"]
    assert found("石门", within="623021") == found("石门乡", within="623021")
    assert all("潭头" not in label for label in found("石门", within="623021"))


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.level == 5 and row.code.startswith(LUANCHUAN)], ids=lambda r: r.code
)
def test_every_village_is_found_by_its_label_and_by_its_short_name(row: Row) -> None:
    assert [match.code for match in PLACES.find(PLACES.label(row.code), within=LUANCHUAN) if match.exact] == [row.code]
    if len(row.short) > 1:
        township = BY_CODE[row.parent or ""].short
        assert PLACES.find(township + row.short, within=LUANCHUAN)[0].code == row.code


def test_looking_up() -> None:
    assert PLACES.label("410324103201") == "潭头镇石门村"
    assert PLACES.label("410324103201", county=True) == "栾川县潭头镇石门村"
    assert (PLACES.label("410324103"), PLACES.label("410324")) == ("栾川县潭头镇", "栾川县")
    assert PLACES.village_of_scene("v410324103201") == "410324103201"
    assert [
        PLACES.village_of_scene(s) for s in ("v410324103", "v410324999999", "410324103201", "", "v４10324103201")
    ] == [None] * 5
    county = PLACES.county("410324103201")
    assert county is not None and county.name == "栾川县"
    assert PLACES.get("999999") is None and PLACES.county("999999") is None
    assert {row.parent for row in PLACES.villages("410324103")} == {"410324103"}
    assert len(PLACES.villages()) == 1194
    with pytest.raises(KeyError):
        PLACES.label("999999")


@given(st.text(max_size=80) | st.text("石门村潭头镇栾川孤山三组第1不是我家的大南沟", max_size=15))
@settings(max_examples=300, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    matches = PLACES.find(text)
    assert sum(len(match.code) == 12 for match in matches) <= MOST
    villages = [match for match in matches if len(match.code) == 12]
    assert all(one.score >= other.score for one, other in pairwise(villages))
    assert all(PLACES.get(match.code) for match in matches)


def test_an_empty_list_of_divisions_finds_nothing() -> None:
    assert Places([]).find("石门") == ()


def test_it_is_fast_enough_to_ask_at_every_message() -> None:
    started = time.process_time()
    Places(ROWS)
    built = time.process_time() - started
    started = time.process_time()
    for _ in range(20):
        for text in ("石门", "谭头石门", "陶弯镇红庙", "不知道在哪里", "河南省洛阳市栾川县潭头镇石门村"):
            PLACES.find(text, within=LUANCHUAN)
    assert built < 1  # a busy machine takes thrice as long
    assert (time.process_time() - started) / 100 < 0.009
