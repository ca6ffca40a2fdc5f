# SPDX-License-Identifier: GPL-3.0-or-later
"""Work that is asked for now and fetched later.

    QUEUED ──► PROCESSING ──► COMPLETED   its output can be had until it expires
       │            ├───────► FAILED      the request's own fault: the same request fails again
       │            ├───────► ERROR       ours
       └────────────┴───────► CANCELLED   by whoever asked for it, or by the operator

Only what is COMPLETED is paid for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["speech", "music", "sound"]
State = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED", "ERROR", "CANCELLED"]
WebhookMode = Literal["terminal", "sync"]
"""Which changes of a job are told: its end, or its progress as well."""

OPEN: tuple[State, ...] = ("QUEUED", "PROCESSING")
ENDED: tuple[State, ...] = ("COMPLETED", "FAILED", "ERROR", "CANCELLED")
STATES = OPEN + ENDED

FIRST_PRIORITY, USUAL_PRIORITY, LAST_PRIORITY = 1, 5, 9
"""Of keys; the jobs of one with a lower number come first."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a dialect asks for."""

    dialect: str
    """Whose API it came by: pixazo, aimlapi."""
    kind: Kind
    model_id: str
    """As the dialect says it."""
    payload: dict[str, Any]
    """The request, as JSON has it; who does the work reads it (pipeline/orders.py)."""
    webhook_url: str | None = None
    webhook_mode: WebhookMode = "terminal"
    base_url: str = ""
    """Where the caller reached the server: links that are sent later begin with it."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file in the blob store."""

    blob: str
    media_type: str
    file_name: str
    bytes: int
    seconds: float
    """Of audio."""


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    """UUID, version 7: in the order of creation."""
    generation_id: str
    """What its credits and money are booked under; another one each time the job is asked for anew."""
    account_id: str
    key_id: str
    dialect: str
    kind: Kind
    model_id: str
    priority: int
    """1–9, 1 comes first."""
    payload: dict[str, Any]
    state: State
    progress: float
    """0–1."""
    error: str | None
    """What to tell the caller of a job that is FAILED or ERROR."""
    attempts: int
    """How often work on it began."""
    output: Output | None
    """Of a COMPLETED one, until it expires."""
    cost: int
    """Credits."""
    price_micros: int
    """Micro-dollars."""
    webhook_url: str | None
    webhook_mode: WebhookMode
    created_ms: int
    started_ms: int | None
    updated_ms: int
    """When its state or progress was last written."""
    completed_ms: int | None
    """When it ended, however."""
    expires_ms: int | None
    """From then on it is forgotten, with its output; None: it has not ended."""
    base_url: str = ""
    """Where the caller reached the server."""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
