"""Where a division lies, if a county has said so."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.add_column("division", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("division", sa.Column("longitude", sa.Double(), nullable=True))
