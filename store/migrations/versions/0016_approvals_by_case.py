"""What was done with a case is found by the case, whether it decided or not."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply."""
    op.create_index(op.f("ix_approval_case_id"), "approval", ["case_id"])
