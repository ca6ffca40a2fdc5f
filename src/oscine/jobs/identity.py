# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids in the order of time."""

from __future__ import annotations

import re
import secrets
import time
from uuid import UUID

_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def uuid7() -> UUID:
    """Milliseconds since 1970, twelve bits of what is finer, 62 random bits. Source: RFC 9562 §5.7, §6.2 method 3."""
    ms, finer_ns = divmod(time.time_ns(), 1_000_000)
    head = ms << 16 | 0x7 << 12 | finer_ns * 4096 // 1_000_000
    return UUID(int=head << 64 | 0b10 << 62 | secrets.randbits(62))


def is_job_id(text: str) -> bool:
    """Whether it can be the id of a job; what cannot is not looked up."""
    return _FORM.fullmatch(text) is not None
