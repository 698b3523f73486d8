"""Declared relatives, and what a review meeting says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "relation",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("staff_id", _ID, nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("declared_by", _ID, nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_relation_case_id_case")),
        sa.ForeignKeyConstraint(["declared_by"], ["staff.id"], name=op.f("fk_relation_declared_by_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_relation_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("case_id", "staff_id", name=op.f("uq_relation_case_id_staff_id")),
    )
    with op.batch_alter_table("review") as table:
        table.add_column(sa.Column("place", sa.String(length=120), nullable=True))
        table.add_column(sa.Column("begins_at", sa.Time(), nullable=True))
        table.add_column(sa.Column("ends_at", sa.Time(), nullable=True))
        table.add_column(sa.Column("chair", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("clerk", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("attendance", sa.LargeBinary(), nullable=True))
