# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables. A change here needs a migration in store/migrations/versions."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class KeyRow(Base):
    """An API key. The secret itself is nowhere, only its digest."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the secret, hexadecimal."""
    hint: Mapped[str] = mapped_column(String(8))
    """Last characters of the secret, to recognise it by."""
    scopes: Mapped[str] = mapped_column(Text)
    """Words separated by spaces; `all` stands for every scope."""
    credit_limit: Mapped[int | None] = mapped_column(BigInteger)
    """Credits per calendar month (UTC); None: no limit."""
    credits_used: Mapped[int] = mapped_column(BigInteger, default=0)
    """Credits reserved or spent in `month`."""
    month: Mapped[str] = mapped_column(String(7), default="")
    """YYYY-MM that credits_used counts."""
    created_unix: Mapped[int] = mapped_column(BigInteger)
    is_revoked: Mapped[bool] = mapped_column(Boolean, default=False)
