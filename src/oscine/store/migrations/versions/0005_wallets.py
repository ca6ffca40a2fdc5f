# SPDX-License-Identifier: GPL-3.0-or-later
"""Wallets: money that a key may spend, and what each generation takes of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("keys", sa.Column("wallet_micros", sa.BigInteger))
    op.add_column("generations", sa.Column("price_micros", sa.BigInteger, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    op.drop_column("generations", "price_micros")
    op.drop_column("keys", "wallet_micros")
