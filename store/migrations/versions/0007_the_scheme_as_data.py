"""Who saved a scheme, which version everything was decided under, who was called, when officials were reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

DECIDED = (("review", "recorded_at"), ("notice", "opens_at"), ("payment", "recorded_at"))


def upgrade() -> None:
    """Apply. What was decided before gets the version that was in force at that moment; of a payment the scheme is
    its case's."""
    staff = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("saved_by", staff, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_scheme_version_saved_by"), "staff", ["saved_by"], ["id"])
    op.add_column("review", sa.Column("called", sa.Integer(), nullable=True))
    op.add_column("staff", sa.Column("reminded_on", sa.Date(), nullable=True))
    for table, at in DECIDED:
        op.add_column(table, sa.Column("scheme_version", sa.Integer(), nullable=True))
        scheme = (
            'SELECT scheme_id FROM "case" WHERE id = payment.case_id' if table == "payment" else f"{table}.scheme_id"
        )
        op.execute(
            f"UPDATE {table} SET scheme_version = (SELECT MAX(version) FROM scheme_version AS known "  # noqa: S608
            f"WHERE known.scheme_id = ({scheme}) AND known.since <= {table}.{at})"
        )
