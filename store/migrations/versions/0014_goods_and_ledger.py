"""Money and goods that came in, and goods that were handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fund",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("scheme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("worth_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("passed_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("counters", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'money' AND quantity = 0) OR (kind = 'goods' AND quantity > 0 AND counters IS NULL)"
            " OR (kind = 'goods' AND quantity < 0 AND counters IS NOT NULL)",
            name=op.f("ck_fund_quantity"),
        ),
        sa.CheckConstraint(
            "(counters IS NULL AND worth_fen > 0) OR (counters IS NOT NULL AND worth_fen < 0)",
            name=op.f("ck_fund_worth"),
        ),
        sa.ForeignKeyConstraint(["counters"], ["fund.id"], name=op.f("fk_fund_counters")),
        sa.ForeignKeyConstraint(["division"], ["division.code"], name=op.f("fk_fund_division")),
        sa.ForeignKeyConstraint(["passed_from"], ["fund.id"], name=op.f("fk_fund_passed_from")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_fund_recorded_by")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_fund_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
    )
    op.create_index(op.f("ix_fund_counters"), "fund", ["counters"])
    op.create_index(op.f("ix_fund_passed_from"), "fund", ["passed_from"])
    op.create_index("ix_fund_scheme_division", "fund", ["scheme_id", "division"])

    op.create_table(
        "handout",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("act", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fund_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("worth_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_by", sa.LargeBinary(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("counters", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(counters IS NULL AND quantity > 0 AND worth_fen > 0)"
            " OR (counters IS NOT NULL AND quantity < 0 AND worth_fen < 0)",
            name=op.f("ck_handout_amounts"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["grant.case_id"], name=op.f("fk_handout_case_id")),
        sa.ForeignKeyConstraint(["counters"], ["handout.id"], name=op.f("fk_handout_counters")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_handout_fund_id")),
        sa.ForeignKeyConstraint(["given_by"], ["staff.id"], name=op.f("fk_handout_given_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
    )
    op.create_index(op.f("ix_handout_case_id"), "handout", ["case_id"])
    op.create_index(op.f("ix_handout_fund_id"), "handout", ["fund_id"])
    op.create_index(
        "uq_handout_act_fund",
        "handout",
        ["act", "fund_id"],
        unique=True,
        sqlite_where=sa.text("counters IS NULL"),
        postgresql_where=sa.text("counters IS NULL"),
    )
    op.create_index(
        "uq_handout_counters",
        "handout",
        ["counters"],
        unique=True,
        sqlite_where=sa.text("counters IS NOT NULL"),
        postgresql_where=sa.text("counters IS NOT NULL"),
    )
