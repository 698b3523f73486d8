"""Workbooks that officials import, and their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Id, Instant, SealedJson, SealedText


class ImportFile(Base):
    """A workbook that was read: ``kind`` is what it holds, ``division`` the area of whoever imports it, ``digest`` that
    of its bytes, so that the same file is known again. ``counts`` are its rows by their state; ``cursor`` is the last
    row that has been filed. ``remarks`` are what was not read of it."""

    __tablename__ = "import_file"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    division: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    name: Mapped[str] = mapped_column(SealedText("import_file.name"))
    remarks: Mapped[dict[str, Any]] = mapped_column(SealedJson("import_file.remarks"))
    state: Mapped[str] = mapped_column(String(12), index=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    cursor: Mapped[int] = mapped_column(default=0)
    read_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    read_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("scheme_id", "division", "kind", "digest"),)


class ImportRow(Base):
    """A row of it that is not empty. ``content`` is what was typed and understood, and why it is refused; ``case_id``
    the case that it became, or that was there before. Deleted when its time is over; the file's counts stay."""

    __tablename__ = "import_row"
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(12))
    village: Mapped[str] = mapped_column(String(12), default="")
    id_index: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson("import_row.content"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    __table_args__ = (Index("ix_import_row_state", "file_id", "state", "position"),)
