# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs, and the priority of keys."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("keys", sa.Column("priority", sa.BigInteger, nullable=False, server_default=sa.text("5")))
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("generation_id", sa.String(32), nullable=False, unique=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("key_id", sa.String(32), sa.ForeignKey("keys.id"), nullable=False),
        sa.Column("dialect", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("priority", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("node_id", sa.String(32), nullable=True),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("error", sa.Text, nullable=True),
        sa.Column("attempts", sa.BigInteger, nullable=False),
        sa.Column("blob", sa.Text, nullable=True),
        sa.Column("media_type", sa.String(64), nullable=True),
        sa.Column("file_name", sa.String(64), nullable=True),
        sa.Column("bytes", sa.BigInteger, nullable=True),
        sa.Column("seconds", sa.Float, nullable=True),
        sa.Column("cost", sa.BigInteger, nullable=False),
        sa.Column("price_micros", sa.BigInteger, nullable=False),
        sa.Column("webhook_url", sa.Text, nullable=True),
        sa.Column("webhook_mode", sa.String(16), nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("started_ms", sa.BigInteger, nullable=True),
        sa.Column("updated_ms", sa.BigInteger, nullable=False),
        sa.Column("completed_ms", sa.BigInteger, nullable=True),
        sa.Column("expires_ms", sa.BigInteger, nullable=True, index=True),
    )
    op.create_index("ix_jobs_account", "jobs", ["account_id", "created_ms", "id"])
    op.create_index("ix_jobs_waiting", "jobs", ["state", "node_id", "key_id", "priority", "id"])
    op.create_index("ix_jobs_called", "jobs", ["key_id", "node_id"])


def downgrade() -> None:
    op.drop_table("jobs")
    op.drop_column("keys", "priority")
