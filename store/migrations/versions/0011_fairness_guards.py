"""Whose card and whose telephone are seen without opening them (G4, L12), and the requests for funds (L11).

Rows that are there already are filled in after the migrations, with the keys (``intake.finding_again``)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.add_column("household", sa.Column("card_holder", sa.LargeBinary(), nullable=True))
    for name in ("card_index", "card_holder_index", "head_index", "phone_index"):
        op.add_column("household", sa.Column(name, sa.LargeBinary(length=32), nullable=True))
    for name in ("card_index", "phone_index"):
        op.create_index(op.f(f"ix_household_{name}"), "household", [name])
    op.create_table(
        "fund_request",
        sa.Column("scheme_id", _ID, nullable=False),
        sa.Column("division", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("money_fen", sa.BigInteger(), nullable=False),
        sa.Column("goods_fen", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", _ID, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheme_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("households >= 1 AND persons >= households", name=op.f("ck_fund_request_need")),
        sa.CheckConstraint(
            "money_fen >= 0 AND goods_fen >= 0 AND money_fen + goods_fen > 0", name=op.f("ck_fund_request_amount")
        ),
        sa.ForeignKeyConstraint(["division"], ["division.code"], name=op.f("fk_fund_request_division_division")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_fund_request_recorded_by_staff")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_fund_request_scheme_id_scheme")),
        sa.PrimaryKeyConstraint("scheme_id", "division", "revision", name=op.f("pk_fund_request")),
    )
