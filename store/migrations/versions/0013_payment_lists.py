"""Payment lists by bank, the two people who release one, and what the bank says of it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "payment_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("scheme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("bank", sa.String(length=16), nullable=False),
        sa.Column("template", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('made', 'released', 'sent', 'closed', 'dropped')", name=op.f("ck_payment_list_state")
        ),
        sa.CheckConstraint("total_fen > 0 AND lines > 0", name=op.f("ck_payment_list_total")),
        sa.ForeignKeyConstraint(["division"], ["division.code"], name=op.f("fk_payment_list_division")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_payment_list_ended_by")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_payment_list_made_by")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_payment_list_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_list")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_list_number")),
    )
    op.create_index("ix_payment_list_scheme_division", "payment_list", ["scheme_id", "division"], unique=False)
    op.create_table(
        "bank_return",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("read_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["payment_list.id"], name=op.f("fk_bank_return_list_id")),
        sa.ForeignKeyConstraint(["read_by"], ["staff.id"], name=op.f("fk_bank_return_read_by")),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name=op.f("fk_bank_return_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_return")),
        sa.UniqueConstraint("list_id", "digest", name=op.f("uq_bank_return_list_id_digest")),
    )
    op.create_table(
        "payment_release",
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("nth IN (1, 2)", name=op.f("ck_payment_release_nth")),
        sa.ForeignKeyConstraint(["list_id"], ["payment_list.id"], name=op.f("fk_payment_release_list_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_payment_release_staff_id")),
        sa.PrimaryKeyConstraint("list_id", "staff_id", name=op.f("pk_payment_release")),
        sa.UniqueConstraint("list_id", "nth", name=op.f("uq_payment_release_list_id_nth")),
    )
    op.create_table(
        "payment_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("card_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("repays", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_payment_line_paid_on")),
        sa.CheckConstraint("outcome IN ('waiting', 'paid', 'failed', 'dropped')", name=op.f("ck_payment_line_outcome")),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_payment_line_amount")),
        sa.ForeignKeyConstraint(["case_id"], ["grant.case_id"], name=op.f("fk_payment_line_case_id")),
        sa.ForeignKeyConstraint(["list_id"], ["payment_list.id"], name=op.f("fk_payment_line_list_id")),
        sa.ForeignKeyConstraint(["repays"], ["payment_line.id"], name=op.f("fk_payment_line_repays")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_payment_line_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_line")),
        sa.UniqueConstraint("list_id", "case_id", name=op.f("uq_payment_line_list_id_case_id")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_payment_line_list_id_position")),
    )
    op.create_index("ix_payment_line_card_index", "payment_line", ["card_index"], unique=False)
    op.create_index("ix_payment_line_case_id", "payment_line", ["case_id"], unique=False)
    op.create_index(
        "uq_payment_line_live",
        "payment_line",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("outcome IN ('waiting', 'paid')"),
        postgresql_where=sa.text("outcome IN ('waiting', 'paid')"),
    )
    op.create_table(
        "bank_return_row",
        sa.Column("return_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["payment_line.id"], name=op.f("fk_bank_return_row_line_id")),
        sa.ForeignKeyConstraint(["return_id"], ["bank_return.id"], name=op.f("fk_bank_return_row_return_id")),
        sa.PrimaryKeyConstraint("return_id", "position", name=op.f("pk_bank_return_row")),
    )
    op.create_index("ix_bank_return_row_outcome", "bank_return_row", ["outcome"], unique=False)
