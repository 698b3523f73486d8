"""A season is closed, handed in and archived."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "season_act",
        sa.Column("id", _id(), autoincrement=False, nullable=False),
        sa.Column("scheme_id", _id(), nullable=False),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("open", sa.JSON(), nullable=False),
        sa.Column("staff_id", _id(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_season_act_scheme_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_season_act_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_act")),
    )
    op.create_index(op.f("ix_season_act_scheme_id"), "season_act", ["scheme_id"], unique=False)
    op.create_table(
        "handed_in",
        sa.Column("id", _id(), autoincrement=False, nullable=False),
        sa.Column("scheme_id", _id(), nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", _id(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_handed_in_scheme_id")),
        sa.ForeignKeyConstraint(["division"], ["division.code"], name=op.f("fk_handed_in_division")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_handed_in_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_in")),
        sa.UniqueConstraint("scheme_id", "division", "step", name=op.f("uq_handed_in_scheme_id_division_step")),
    )
    op.create_table(
        "archive",
        sa.Column("id", _id(), autoincrement=False, nullable=False),
        sa.Column("county", sa.String(length=12), nullable=False),
        sa.Column("season", sa.String(length=16), nullable=False),
        sa.Column("ordered_by", _id(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("claim", sa.String(length=40), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", _id(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["county"], ["division.code"], name=op.f("fk_archive_county")),
        sa.ForeignKeyConstraint(["ordered_by"], ["staff.id"], name=op.f("fk_archive_ordered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
    )
    op.create_index(op.f("ix_archive_state"), "archive", ["state"], unique=False)
    under_way = sa.text("state IN ('ordered', 'making')")
    op.create_index(
        "uq_archive_under_way",
        "archive",
        ["county"],
        unique=True,
        sqlite_where=under_way,
        postgresql_where=under_way,
    )
    op.create_table(
        "archive_part",
        sa.Column("archive_id", _id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["archive_id"], ["archive.id"], name=op.f("fk_archive_part_archive_id")),
        sa.PrimaryKeyConstraint("archive_id", "number", name=op.f("pk_archive_part")),
    )
