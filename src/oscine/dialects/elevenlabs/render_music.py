# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces and plans in the vendor's field names. Shapes: reference/api-facts.md §9.7; Python client 2.78.0, types/."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import orjson

from oscine import codecs
from oscine.dialects.elevenlabs.render import concurrency
from oscine.domain.audio import AudioFormat
from oscine.domain.composition import CompositionPlan, Piece, PlannedSection
from oscine.http.headers import lists
from oscine.pipeline.music import Song

_SHORTEST_MS, _LONGEST_MS, _MOST = 3000, 120_000, 30
"""Of the sections that a plan may have, see schema_music.py."""


def headers(song: Song, ignored: Sequence[str]) -> dict[str, str]:
    """Success headers of a song whose first chunk is there."""
    return {
        "request-id": song.request_id,
        "song-id": song.request_id,
        "x-character-count": str(song.charge.cost),
        "character-cost": str(song.charge.cost),
        **concurrency(song.place),
        **lists({"oscine-ignored": ignored, "oscine-unknown-words": song.reading.unknown}),
    }


def plan(entry: CompositionPlan, has_chunks: bool) -> dict[str, Any]:
    """A plan that can be sent back as it is: its sections are as long, and as many, as they may be."""
    sections = _lawful(entry.sections)
    if not has_chunks:
        return {
            "positive_global_styles": list(entry.positive_styles),
            "negative_global_styles": list(entry.negative_styles),
            "sections": [
                {
                    "section_name": section.name,
                    "positive_local_styles": list(section.positive_styles),
                    "negative_local_styles": list(section.negative_styles),
                    "duration_ms": milliseconds,
                    "lines": [],
                }
                for section, milliseconds in sections
            ],
        }
    return {
        "chunks": [
            {
                "text": f"[{section.name}]",
                "duration_ms": milliseconds,
                "positive_styles": _joined(() if number else entry.positive_styles, section.positive_styles),
                "negative_styles": _joined(entry.negative_styles, section.negative_styles),
                "context_adherence": "high",
            }
            for number, (section, milliseconds) in enumerate(sections)
        ]
    }


def metadata(piece: Piece) -> dict[str, Any]:
    """The vendor's song_metadata, and below it what it has no fields for."""
    top, bottom = piece.metre
    told = f"{piece.title}, {piece.tempo_bpm:.0f} BPM, {top}/{bottom}, {piece.seconds:g} seconds."
    if piece.instruments:
        told += f" Played by {', '.join(piece.instruments)}."
    if piece.unknown:
        told += f" Words that changed nothing: {', '.join(piece.unknown)}."
    return {
        "title": piece.title,
        "description": told,
        "genres": list(piece.genres),
        "languages": [],
        "is_explicit": False,
        "bpm": piece.tempo_bpm,
        "key": piece.key,
        "time_signature": f"{top}/{bottom}",
        "instruments": list(piece.instruments),
        "unknown_words": list(piece.unknown),
    }


def details(song: Song, has_chunks: bool) -> dict[str, Any]:
    """The JSON of a detailed answer, but for what is known only at the end."""
    return {"composition_plan": plan(song.reading.plan, has_chunks), "song_metadata": metadata(song.reading)}


def opening(boundary: str, described: dict[str, Any], audio_format: AudioFormat, song_id: str) -> bytes:
    """A multipart body as far as the audio. The official Python client reads it by position: the boundary is the first
    line, the JSON one line two below its content type (api-facts §9.7)."""
    lines = (
        f"--{boundary}",
        "Content-Type: application/json",
        "",
        orjson.dumps(described).decode(),
        f"--{boundary}",
        f"Content-Type: {codecs.media_type(audio_format)}",
        f'Content-Disposition: attachment; filename="{song_id}.{codecs.extension(audio_format)}"',
        "",
        "",
    )
    return "\r\n".join(lines).encode()


def closing(boundary: str) -> bytes:
    return f"\r\n--{boundary}--\r\n".encode()


def event(kind: str, **fields: Any) -> str:
    """One event of the detailed stream, in JSON."""
    return orjson.dumps({"type": kind, **fields}).decode()


def audio_event(audio: bytes) -> str:
    return event("audio_chunk", audio_base64=base64.b64encode(audio).decode())


def server_sent(told: str) -> bytes:
    """An event as the vendor's schema has it."""
    return f"data: {told}\n\n".encode()


def line(told: str) -> bytes:
    """An event as the official clients read it: newline-delimited JSON, and of that a string (their generated types:
    `Iterator[str]`, `core.serialization.string()`)."""
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _lawful(sections: Sequence[PlannedSection]) -> list[tuple[PlannedSection, int]]:
    """Sections and their milliseconds: long ones parted, short ones and those too many joined to a neighbour."""
    ends = [0.0]
    for section in sections:
        ends.append(ends[-1] + section.length_s)
    lengths = [round(end * 1000) - round(start * 1000) for start, end in pairwise(ends)]
    parts: list[tuple[PlannedSection, int]] = []
    for section, length in zip(sections, lengths, strict=True):
        count = math.ceil(length / _LONGEST_MS)
        for number in range(count):
            share = length * (number + 1) // count - length * number // count
            parts.append((replace(section, name=f"{section.name} {number + 1}") if number else section, share))
    while len(parts) > 1 and (len(parts) > _MOST or min(length for _, length in parts) < _SHORTEST_MS):
        short = min(range(len(parts)), key=lambda number: parts[number][1])
        beside = max((n for n in (short - 1, short + 1) if 0 <= n < len(parts)), key=lambda n: -parts[n][1])
        first, second = sorted((short, beside))
        longer = max(parts[first], parts[second], key=lambda part: part[1])[0]
        parts[first : second + 1] = [(longer, parts[first][1] + parts[second][1])]
    return parts


def _joined(*styles: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(style for each in styles for style in each))[:50]
