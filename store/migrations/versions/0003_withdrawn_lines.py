"""A household that withdrew is no longer on a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.add_column("notice_case", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
