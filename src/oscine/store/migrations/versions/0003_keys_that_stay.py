# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that their holder cannot put out of use."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("keys") as keys:
        keys.add_column(sa.Column("may_disable_itself", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("keys") as keys:
        keys.drop_column("may_disable_itself")
