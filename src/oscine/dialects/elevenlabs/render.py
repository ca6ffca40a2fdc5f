# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back, in the vendor's field names. Shapes: reference/api-facts.md §1, §2.4, §7, §8.2."""

from __future__ import annotations

import base64
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

import orjson

from oscine.accounts.admission import Place
from oscine.domain.alignment import Alignment
from oscine.domain.language import NAMES
from oscine.domain.model import Model
from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Voice
from oscine.engines.origins import Origin
from oscine.http.headers import lists
from oscine.pipeline.finish import Chunk
from oscine.pipeline.sound import Effect
from oscine.pipeline.speech import Performance

EXPOSED_HEADERS = [
    "request-id",
    "x-character-count",
    "character-cost",
    "history-item-id",
    "content-disposition",
    "current-concurrent-requests",
    "maximum-concurrent-requests",
    "oscine-ignored",
    "oscine-skipped-directions",
    "oscine-sounds",
    "oscine-nearest-sound",
    "oscine-unknown-words",
    "song-id",
]


def headers(performance: Performance, ignored: Sequence[str]) -> dict[str, str]:
    """Success headers of a generation whose first chunk is there."""
    return {
        "request-id": performance.request_id,
        **({"history-item-id": performance.history_item_id} if performance.history_item_id else {}),
        "x-character-count": str(performance.cost),
        "character-cost": str(performance.cost),
        **concurrency(performance.place),
        **lists({"oscine-ignored": ignored, "oscine-skipped-directions": performance.skipped_directions}),
    }


def sound_headers(effect: Effect, ignored: Sequence[str]) -> dict[str, str]:
    """Success headers of a sound whose first chunk is there."""
    reading = effect.reading
    heard = {
        "oscine-sounds": reading.sounds,
        "oscine-nearest-sound": [f"{word}={sound}" for word, sound in reading.nearest],
        "oscine-unknown-words": reading.unknown,
        "oscine-ignored": ignored,
    }
    return {
        "request-id": effect.request_id,
        "x-character-count": str(effect.charge.cost),
        "character-cost": str(effect.charge.cost),
        **concurrency(effect.place),
        **lists(heard),
    }


def concurrency(place: Place | None) -> dict[str, str]:
    """Of the calling key."""
    if place is None:
        return {}
    return {
        "current-concurrent-requests": str(place.current),
        "maximum-concurrent-requests": str(place.maximum),
    }


def alignment(times: Alignment) -> dict[str, Any] | None:
    if not len(times):
        return None
    return {
        "characters": list(times.characters),
        "character_start_times_seconds": [round(t, 4) for t in times.starts_s],
        "character_end_times_seconds": [round(t, 4) for t in times.ends_s],
    }


def timed_chunk(chunk: Chunk) -> bytes:
    """One line of newline-delimited JSON, its newline included (api-facts §3)."""
    return orjson.dumps(
        {
            "audio_base64": base64.b64encode(chunk.audio).decode(),
            "alignment": alignment(chunk.alignment),
            "normalized_alignment": alignment(chunk.normalized),
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )


async def timed_whole(chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[bytes, None]:
    """One JSON object with all audio, written as it comes: a long text never lies in memory whole."""
    opening = b'{"audio_base64":"'
    rest = b""
    original: list[Alignment] = []
    spoken: list[Alignment] = []
    async with aclosing(chunks):
        async for chunk in chunks:
            audio = rest + chunk.audio
            whole = len(audio) - len(audio) % 3
            rest = audio[whole:]
            original.append(chunk.alignment)
            spoken.append(chunk.normalized)
            yield opening + base64.b64encode(audio[:whole])
            opening = b""
    times = {"alignment": alignment(_join(original)), "normalized_alignment": alignment(_join(spoken))}
    yield base64.b64encode(rest) + b'",' + orjson.dumps(times)[1:]


def _join(parts: Sequence[Alignment]) -> Alignment:
    return Alignment(
        [c for part in parts for c in part.characters],
        [t for part in parts for t in part.starts_s],
        [t for part in parts for t in part.ends_s],
    )


def model(entry: Model, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "model_id": entry.id,
        "name": entry.name,
        "can_be_finetuned": entry.can_be_finetuned,
        "can_do_text_to_speech": True,
        "can_do_voice_conversion": False,
        "can_use_style": entry.uses_style,
        "can_use_speaker_boost": entry.uses_speaker_boost,
        "serves_pro_voices": False,
        "token_cost_factor": 1.0,
        "description": entry.description,
        "requires_alpha_access": False,
        "max_characters_request_free_user": entry.max_characters,
        "max_characters_request_subscribed_user": entry.max_characters,
        "maximum_text_length_per_request": entry.max_characters,
        "languages": [{"language_id": code, "name": NAMES[code]} for code in languages],
        "model_rates": {"character_cost_multiplier": entry.cost_multiplier},
        "concurrency_group": entry.concurrency_group,
    }


def settings(values: VoiceSettings) -> dict[str, Any]:
    return {
        "stability": values.stability,
        "use_speaker_boost": values.speaker_boost,
        "similarity_boost": values.similarity,
        "style": values.style,
        "speed": values.speed,
    }


def voice(entry: Voice, model_ids: Sequence[str], origin: Origin | None) -> dict[str, Any]:
    """model_ids: models that speak the voice's own language. origin: what it is made from, if an engine speaks it."""
    return {
        "voice_id": entry.id,
        "name": entry.name,
        "samples": None,
        "category": entry.category,
        "fine_tuning": {
            "is_allowed_to_fine_tune": False,
            "state": {},
            "verification_failures": [],
            "verification_attempts_count": 0,
            "manual_verification_requested": False,
        },
        "labels": labels(entry) | ({"base": origin.base, "licence": origin.licence} if origin else {}),
        "description": f"{entry.description} Made from {origin.base}." if origin else entry.description,
        "preview_url": None,
        "available_for_tiers": [],
        "settings": settings(entry.settings),
        "sharing": None,
        "high_quality_base_model_ids": list(model_ids),
        "verified_languages": [
            {"language": entry.language, "model_id": model_id, "accent": entry.accent} for model_id in model_ids
        ],
        "collection_ids": [],
        "safety_control": None,
        "voice_verification": {
            "requires_verification": False,
            "is_verified": False,
            "verification_failures": [],
            "verification_attempts_count": 0,
        },
        "permission_on_resource": "viewer",
        "is_owner": False,
        "is_legacy": entry.is_legacy,
        "is_mixed": False,
        "created_at_unix": entry.created_unix,
        "is_bookmarked": None,
    }


def labels(entry: Voice) -> dict[str, str]:
    return {
        "accent": entry.accent,
        "descriptive": entry.descriptive,
        "age": entry.age,
        "gender": entry.gender,
        "language": entry.language,
        "use_case": entry.use_case,
    }
