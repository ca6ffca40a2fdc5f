# SPDX-License-Identifier: GPL-3.0-or-later
"""History as it goes back. Shapes: reference/api-facts.md §9.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oscine.dialects.elevenlabs import render
from oscine.domain.alignment import Alignment
from oscine.domain.generation import HistoryItem


def item(entry: HistoryItem, times: tuple[Alignment, Alignment] | None = None) -> dict[str, Any]:
    """times: of the text as sent and as spoken."""
    return {
        "history_item_id": entry.id,
        "request_id": entry.generation_id,
        "voice_id": entry.voice_id,
        "model_id": entry.model_id,
        "voice_name": entry.voice_name,
        "voice_category": entry.voice_category,
        "text": entry.text,
        "date_unix": _date_unix(entry),
        "character_count_change_from": entry.used_before,
        "character_count_change_to": entry.used_after,
        "content_type": entry.content_type,
        "state": "created",
        "settings": render.settings(entry.settings),
        "feedback": None,
        "share_link_id": None,
        "source": entry.source,
        "alignments": times and {"alignment": _alignment(times[0]), "normalized_alignment": _alignment(times[1])},
        "dialogue": None,
        "output_format": entry.output_format,
    }


def page(entries: Sequence[HistoryItem], *, has_more: bool) -> dict[str, Any]:
    last = entries[-1] if entries else None
    return {
        "history": [item(entry) for entry in entries],
        "last_history_item_id": last and last.id,
        "has_more": has_more,
        "scanned_until": last and _date_unix(last),
    }


def _date_unix(entry: HistoryItem) -> int:
    return entry.created_ms // 1000


def _alignment(times: Alignment) -> dict[str, Any]:
    return {
        "characters": times.characters,
        "character_start_times_seconds": times.starts_s,
        "character_end_times_seconds": times.ends_s,
    }
