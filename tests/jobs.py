# SPDX-License-Identifier: GPL-3.0-or-later
"""A job for tests that need one."""

from __future__ import annotations

from dataclasses import replace

from oscine.domain.job import Job


def a_job(number: int, key_id: str, created_s: float, **different: object) -> Job:
    """One of Pixazo's that is under way, with a webhook. number: tells it from others."""
    job = Job(
        id=f"{number:08x}-6800-7000-8000-{number:012x}",
        generation_id=f"{number:032x}",
        account_id="owner",
        key_id=key_id,
        dialect="pixazo",
        kind="speech",
        model_id="m",
        priority=5,
        payload={"text": "said in confidence"},
        state="PROCESSING",
        progress=0.0,
        error=None,
        attempts=1,
        output=None,
        cost=1,
        price_micros=1,
        webhook_url="https://hooks.example/path?token=s3cret",
        webhook_mode="terminal",
        created_ms=int(created_s * 1000),
        started_ms=None,
        updated_ms=0,
        completed_ms=None,
        expires_ms=None,
    )
    return replace(job, **different)  # type: ignore[arg-type]
