"""An office file (docx) whose bytes hang on nothing but its content: the times in its zip are taken away."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DAY = (1980, 1, 1, 0, 0, 0)


def steady(content: bytes) -> bytes:
    """The same file, packed anew without times."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(ZipInfo(info.filename, _DAY), old.read(info), ZIP_DEFLATED)
    return made.getvalue()
