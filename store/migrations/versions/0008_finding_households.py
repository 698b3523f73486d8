"""Households are found by initials and by the ends of ID number and phone, and lists of cases by village.

Rows that are there already are filled in after the migrations, with the keys (``intake.finding_again``)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply."""
    op.add_column("household", sa.Column("initials", sa.String(), server_default="", nullable=False))
    for name in ("id_tail_index", "phone_tail_index"):
        op.add_column("household", sa.Column(name, sa.LargeBinary(length=32), nullable=True))
        op.create_index(op.f(f"ix_household_{name}"), "household", [name])
    op.create_index(op.f("ix_case_household_id"), "case", ["household_id"])
    op.create_index("ix_case_village_filed", "case", ["village", "filed_at", "number"])
