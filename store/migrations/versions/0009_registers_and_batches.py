"""Frozen registers and batches."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "batch",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("scheme_id", _ID, nullable=False),
        sa.Column("pass", sa.String(length=8), nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_by", _ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["division.code"], name=op.f("fk_batch_division_division")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_batch_made_by_staff")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_batch_scheme_id_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint(
            "scheme_id", "pass", "division", "number", name=op.f("uq_batch_scheme_id_pass_division_number")
        ),
    )
    op.create_table(
        "batch_line",
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("pass", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("left_in", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_line_batch_id_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_batch_line_case_id_case")),
        sa.PrimaryKeyConstraint("batch_id", "case_id", name=op.f("pk_batch_line")),
    )
    live = sa.text("left_in IS NULL")
    op.create_index(
        "uq_batch_line_live",
        "batch_line",
        ["case_id", "pass", "level"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "batch_act",
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("staff_id", _ID, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_act_batch_id_batch")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_batch_act_staff_id_staff")),
        sa.PrimaryKeyConstraint("batch_id", "staff_id", name=op.f("pk_batch_act")),
    )
