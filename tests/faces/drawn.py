"""Documents as people get them: opened, their text read, their pages looked at."""

import atexit
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import zxingcpp
from PIL import Image


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def _profile() -> str:
    """The office's own folder: one for each process of tests, for two offices cannot share one."""
    folder = tempfile.mkdtemp(prefix="nuandong-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Drawn:
    """A PDF of some pages in ``folder``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def pages(self) -> int:
        """How many."""
        (line,) = (line for line in _run("pdfinfo", str(self.path)).splitlines() if line.startswith("Pages:"))
        return int(line.split()[1])

    @property
    def size(self) -> str:
        """The paper."""
        (line,) = (line for line in _run("pdfinfo", str(self.path)).splitlines() if line.startswith("Page size:"))
        return line

    @property
    def text(self) -> str:
        """All words in the order written, without blanks."""
        return "".join(_run("pdftotext", "-raw", str(self.path), "-").split())

    @property
    def fonts(self) -> dict[str, bool]:
        """Every font by name, and whether it is inside."""
        rows = [line.split() for line in _run("pdffonts", str(self.path)).splitlines()[2:]]
        return {row[0]: row[-5] == "yes" for row in rows}

    @property
    def boxes(self) -> str:
        """Every box with its words, as they stand from left to right."""
        seen = _run("pdftotext", "-layout", str(self.path), "-")
        return "".join(found.replace(" ", "") for found in re.findall(r"[□■] ?[^□■\s]+", seen))

    def codes(self) -> list[str]:
        """What the codes on the first page say to a camera."""
        picture = self.path.with_suffix("")
        _run("pdftoppm", "-r", "130", "-png", "-singlefile", str(self.path), str(picture))
        with Image.open(picture.with_suffix(".png")) as page:
            return [found.text for found in zxingcpp.read_barcodes(page)]


def as_pdf(body: bytes, folder: Path) -> Drawn:
    """What we drew ourselves."""
    path = folder / "drawn.pdf"
    path.write_bytes(body)
    return Drawn(path)


def as_office(body: bytes, folder: Path) -> Drawn:
    """A Word document as LibreOffice shows it."""
    return opened({"written.docx": body}, folder)["written.docx"]


def opened(files: dict[str, bytes], folder: Path) -> dict[str, Drawn]:
    """Documents by their file names, as LibreOffice shows them; their stems differ."""
    for name, body in files.items():
        (folder / name).write_bytes(body)
    _run(
        "soffice",
        f"-env:UserInstallation=file://{_profile()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *(str(folder / name) for name in files),
    )
    return {name: Drawn((folder / name).with_suffix(".pdf")) for name in files}
