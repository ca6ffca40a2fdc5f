# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic's entry: runs on the connection that `Database.open` hands over."""

from __future__ import annotations

from alembic import context

from oscine.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
