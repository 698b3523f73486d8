"""Part eleven: the papers of the season, opened in LibreOffice, say what the printed forms say."""

import re
from asyncio import to_thread
from pathlib import Path

from service.demo_county import COUNTY, HOME_VILLAGE
from tests.faces.drawn import Drawn, as_pdf, opened
from tests.house.season.granting import GRANTED
from tests.house.season.told import Season
from tests.papers.official import COLUMNS, STATISTICS_COLUMNS, WORDS

TOWNSHIP = HOME_VILLAGE[:9]
ASKED: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("form2", "zhen", TOWNSHIP, {"pass_": "grant"}),
    ("form3", "cun", HOME_VILLAGE, {"pass_": "grant"}),
    ("form4", "zhen", TOWNSHIP, {}),
    ("annex1", "minzheng", TOWNSHIP, {"disaster": "8.2风雹灾害"}),
    ("statistics", "xian", COUNTY, {"sheet": "given"}),
)
"""Which paper, who prints it, of which place, and what they choose."""


async def part(season: Season) -> None:
    """All papers, in all formats."""
    files = {
        f"{name}-{kind}.{kind}": await season.fetch(who, f"/admin/papers/{place}/{name}.{kind}", fields)
        for name, who, place, fields in ASKED
        for kind in ("docx", "xlsx", "pdf")
    }
    page = await season.at["cun"].get("/admin/papers")
    meetings = re.findall(r'<option value="(\d{10,})"', page.html)
    for kind in ("docx", "pdf"):
        path = f"/admin/papers/{HOME_VILLAGE}/minutes.{kind}"
        files[f"minutes-{kind}.{kind}"] = await season.fetch("cun", path, {"review": meetings[0]})
        files[f"evaluation-{kind}.{kind}"] = await evaluation(season, kind)
    pages = await to_thread(drawn, files)
    for name, page_of in pages.items():
        same_words(name, page_of)
    for head in GRANTED:
        assert head in pages["form4-docx.docx"].text
    yuan = f"救助资金{season.granted_yuan}元"
    assert yuan in pages["form4-pdf.pdf"].text, pages["form4-pdf.pdf"].text


async def evaluation(season: Season, kind: str) -> bytes:
    """The county's report on its season."""
    url = season.town.url(f"/admin/papers/{COUNTY}/evaluation.{kind}")
    async with season.at["xian"].http.get(url) as response:
        assert response.status == 200
        return await response.read()


def drawn(files: dict[str, bytes]) -> dict[str, Drawn]:
    """The papers as people see them, by their file names."""
    folder = Path("papers")
    folder.mkdir()
    office = {name: body for name, body in files.items() if not name.endswith(".pdf")}
    found = opened(office, folder)
    for name, body in files.items():
        if name.endswith(".pdf"):
            (own := folder / name.partition(".")[0]).mkdir()
            found[name] = as_pdf(body, own)
    return found


def same_words(name: str, page: Drawn) -> None:
    """The official words, in their order where the format keeps one; and the official headings."""
    paper, kind, text = name.partition("-")[0], name.rpartition(".")[2], page.text
    at = 0
    for part in WORDS.get(paper, ()):
        found = text.find(part, 0 if kind == "xlsx" else at)
        assert found >= 0, (name, part, text)
        at = found + len(part)
    letters = "".join(COLUMNS.get(paper, ()))
    assert all(text.count(one) >= letters.count(one) for one in set(letters)), (name, text)
    if paper == "statistics":
        assert all(code in text for code, _ in STATISTICS_COLUMNS), name
    if paper == "minutes":
        assert "民主评议会议记录" in text and "村民会议" in text
    if paper == "evaluation":
        assert "绩效评估报告" in text
