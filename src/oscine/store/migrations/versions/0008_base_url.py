# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the caller of a job reached the server."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("base_url", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("jobs", "base_url")
