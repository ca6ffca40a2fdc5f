# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts, generations, history, dictionaries, stored voice settings; more to say about keys."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    accounts = op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("created_unix", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(accounts, [{"id": "owner", "name": "owner", "created_unix": int(time.time())}])
    with op.batch_alter_table("keys") as keys:
        keys.add_column(sa.Column("account_id", sa.String(32), nullable=False, server_default="owner"))
        keys.add_column(sa.Column("expires_unix", sa.BigInteger, nullable=True))
        keys.add_column(sa.Column("allowed_ips", sa.Text, nullable=False, server_default=""))
        keys.add_column(sa.Column("concurrency", sa.BigInteger, nullable=True))
        keys.add_column(sa.Column("is_disabled", sa.Boolean, nullable=False, server_default=sa.false()))
        keys.add_column(sa.Column("disable_reason", sa.String(32), nullable=True))
        keys.create_foreign_key("fk_keys_account", "accounts", ["account_id"], ["id"])
    op.create_index("ix_keys_account_id", "keys", ["account_id"])
    op.create_table(
        "nodes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("seen_unix", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "generations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("key_id", sa.String(32), sa.ForeignKey("keys.id"), nullable=False),
        sa.Column("node_id", sa.String(32), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("voice_id", sa.String(64), nullable=True),
        sa.Column("characters", sa.BigInteger, nullable=False),
        sa.Column("cost", sa.BigInteger, nullable=False),
        sa.Column("used_before", sa.BigInteger, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=True),
        sa.Column("repeats_left", sa.BigInteger, nullable=False),
        sa.Column("repeat_of", sa.String(32), nullable=True),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("first_audio_ms", sa.Float, nullable=True),
        sa.Column("audio_s", sa.Float, nullable=True),
    )
    op.create_index("ix_generations_account", "generations", ["account_id", "created_ms"])
    op.create_index("ix_generations_fingerprint", "generations", ["account_id", "fingerprint"])
    op.create_index("ix_generations_open", "generations", ["state", "node_id"])
    op.create_table(
        "history",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("generation_id", sa.String(32), sa.ForeignKey("generations.id"), nullable=False, unique=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("voice_id", sa.String(64), nullable=False),
        sa.Column("voice_name", sa.Text, nullable=False),
        sa.Column("voice_category", sa.String(32), nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("output_format", sa.String(32), nullable=False),
        sa.Column("content_type", sa.String(64), nullable=False),
        sa.Column("used_before", sa.BigInteger, nullable=False),
        sa.Column("used_after", sa.BigInteger, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("audio_bytes", sa.BigInteger, nullable=False),
        sa.Column("blob", sa.Text, nullable=False),
    )
    op.create_index("ix_history_account", "history", ["account_id", "created_ms", "id"])
    op.create_table(
        "dictionaries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=True),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("created_unix", sa.BigInteger, nullable=False),
        sa.Column("archived_unix", sa.BigInteger, nullable=True),
        sa.Column("latest_version_id", sa.String(32), nullable=False),
    )
    op.create_table(
        "dictionary_versions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("dictionary_id", sa.String(32), sa.ForeignKey("dictionaries.id"), nullable=False, index=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("rules_count", sa.BigInteger, nullable=False),
        sa.Column("created_unix", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_dictionary_versions_number", "dictionary_versions", ["dictionary_id", "number"], unique=True)
    op.create_table(
        "voice_settings",
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("voice_id", sa.String(64), primary_key=True),
        sa.Column("settings", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    for table in ("voice_settings", "dictionary_versions", "dictionaries", "history", "generations", "nodes"):
        op.drop_table(table)
    with op.batch_alter_table("keys") as keys:
        keys.drop_constraint("fk_keys_account", type_="foreignkey")
        for column in ("account_id", "expires_unix", "allowed_ips", "concurrency", "is_disabled", "disable_reason"):
            keys.drop_column(column)
    op.drop_table("accounts")
