# SPDX-License-Identifier: GPL-3.0-or-later
"""What Pixazo and the AI/ML API say of a job in each of its states."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from oscine.dialects.aimlapi import render as aimlapi
from oscine.dialects.pixazo import render as pixazo
from oscine.domain.job import Job, Output, State
from oscine.store.links import Links

LINKS = Links(b"secret")
OUTPUT = Output("jobs/a", "audio/wav", "output.wav", 44, 1.5)
JOB = Job(
    id="019dc8d4-e6a0-7a3c-9d0b-8d1f0a6c2e11",
    generation_id="a",
    account_id="owner",
    key_id="k",
    dialect="pixazo",
    kind="speech",
    model_id="eleven-v3-alpha-954",
    priority=5,
    payload={},
    state="QUEUED",
    progress=0.0,
    error=None,
    attempts=0,
    output=None,
    cost=7,
    price_micros=700,
    webhook_url=None,
    webhook_mode="terminal",
    base_url="https://me.example",
    created_ms=1774951200000,
    started_ms=None,
    updated_ms=1774951200001,
    completed_ms=None,
    expires_ms=None,
)
DONE = replace(JOB, state="COMPLETED", output=OUTPUT, completed_ms=1774951215000, expires_ms=1775000000000)


@pytest.mark.parametrize(
    ("state", "of_pixazo", "of_aimlapi"),
    [
        ("QUEUED", "QUEUED", "queued"),
        ("PROCESSING", "PROCESSING", "generating"),
        ("COMPLETED", "COMPLETED", "completed"),
        ("FAILED", "FAILED", "error"),
        ("ERROR", "ERROR", "error"),
        ("CANCELLED", "FAILED", "error"),
    ],
)
def test_every_state_has_its_name(state: State, of_pixazo: str, of_aimlapi: str) -> None:
    """Source: reference/api-facts.md §12.2, §13; neither has a word for what was cancelled."""
    job = replace(JOB, state=state)
    assert pixazo.status(job, LINKS, "http://a")["status"] == of_pixazo
    assert aimlapi.generation(job, LINKS, "http://a")["status"] == of_aimlapi


def test_pixazo_says_what_the_seed_says() -> None:
    """Source: seeds/003, "Response (Completed)" and "Failure callback shape"."""
    said = pixazo.status(DONE, LINKS, "http://a")
    (url,) = said["output"].pop("media_url")
    assert url.startswith("http://a/media/")
    assert said == {
        "request_id": "eleven-v3-alpha-954_019dc8d4-e6a0-7a3c-9d0b-8d1f0a6c2e11",
        "status": "COMPLETED",
        "model_id": "eleven-v3-alpha-954",
        "error": None,
        "output": {"media_type": "audio/wav"},
        "created_at": "2026-03-31T10:00:00.000Z",
        "updated_at": "2026-03-31T10:00:00.001Z",
        "completed_at": "2026-03-31T10:00:15.000Z",
    }
    failed = pixazo.status(replace(JOB, state="FAILED", error="Too loud."), LINKS, "http://a")
    assert (failed["error"], failed["output"], failed["completed_at"]) == ("Too loud.", None, None)


def test_a_webhook_tells_what_the_status_says() -> None:
    assert json.loads(pixazo.event(DONE, LINKS)) == pixazo.status(DONE, LINKS, "https://me.example")


def test_aimlapi_names_file_and_fault() -> None:
    """Source: reference/api-facts.md §12.2."""
    job = replace(DONE, model_id="elevenlabs/eleven_music")
    said = aimlapi.generation(job, LINKS, "http://a")
    assert said["id"] == f"{JOB.id}:eleven_music"
    assert {**said["audio_file"], "url": ""} == {
        "url": "",
        "content_type": "audio/wav",
        "file_name": "output.wav",
        "file_size": 44,
    }
    failed = aimlapi.generation(replace(JOB, state="CANCELLED"), LINKS, "http://a")
    assert failed["error"] == {"name": "ServerError", "message": "The generation was cancelled."}
