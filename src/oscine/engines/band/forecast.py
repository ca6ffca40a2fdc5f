# SPDX-License-Identifier: GPL-3.0-or-later
"""How loud a piece will be, before it is rendered.

A sketch made of the notes' velocities says how loudness is spread over the piece; passages that are rendered, more of
them where it is loud, say what that amounts to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from oscine.domain.loudness import Floats, integrate_lufs
from oscine.domain.music import Part, Score, Stereo
from oscine.engines.band.limiter import limit
from oscine.engines.band.loudness import STEP_S, block_powers, to_blocks
from oscine.engines.band.synth.controls import Curve
from oscine.engines.band.synth.synth import Synth

_PASSAGES, _PASSAGE_S, _LEAD_S = 8, 1.2, 0.3
"""Passages, how long they are, and how much before them is rendered for the room to fill."""
_RINGING_S = 0.8
"""Notes that ended longer before a passage are not heard in it."""
_DRUM_S, _HELD_S = 0.2, 4.0
"""A drum sounds so long, any other note at most so long, in the sketch."""
_SPREAD = 0.75
"""Between 0 and 1: the passages lie evenly in time, or evenly in power."""
_GOLDEN = 0.618
_FLOOR = 0.02
"""Of the mean: as quiet as a sketch gets."""
_EXPRESSION = 11
_MOST_GAIN_DB = 40.0


@dataclass(frozen=True, slots=True)
class Forecast:
    powers: Floats
    """Of each block (`loudness.py`), before any gain."""
    gain_db: float
    """What brings the piece to the target; 0 for silence."""
    loss_db: float
    """How much of that the limiter takes."""


def foresee(synth: Synth, score: Score, target_lufs: float) -> Forecast:
    """What was rendered for it stays in the synthesiser's cache. Raises: as `Synth.render`."""
    outline = sketch(score)
    starts_s = _choose_passages(outline, score.length_s)
    length_s = _PASSAGE_S if len(starts_s) > 1 else score.length_s
    passages = [_render(synth, score, start_s, length_s) for start_s in starts_s]
    heard = np.concatenate([block_powers(passage, synth.rate) for passage in passages])
    blocks = to_blocks(outline)
    sketched = np.concatenate([_blocks_within(blocks, start_s, length_s) for start_s in starts_s])
    powers = blocks * (heard.sum() / sketched.sum()) if sketched.any() else blocks
    lufs = integrate_lufs(powers)
    if math.isinf(lufs) or not heard.any():
        return Forecast(powers, 0.0, 0.0)
    gain_db = min(target_lufs - lufs, _MOST_GAIN_DB)
    limited = [limit(passage * np.float32(10 ** (gain_db / 20)), synth.rate) for passage in passages]
    left = integrate_lufs(np.concatenate([block_powers(passage, synth.rate) for passage in limited]))
    loss_db = integrate_lufs(heard) + gain_db - left
    return Forecast(powers, min(gain_db + loss_db, _MOST_GAIN_DB), loss_db)


def sketch(score: Score) -> Floats:
    """Power of each tenth of a second, in no unit: what notes of that velocity weigh, as long as they are held."""
    count = max(1, math.ceil(score.length_s / STEP_S - 1e-6))
    times = np.arange(count, dtype=float) * STEP_S
    outline: Floats = np.zeros(count)
    for part in score.parts:
        if not part.notes:
            continue
        starts = np.array([note.start_s for note in part.notes])
        held = np.array([note.length_s for note in part.notes])
        lengths = np.full(len(held), _DRUM_S) if part.is_drums else np.minimum(held, _HELD_S)
        weights = (np.array([note.velocity for note in part.notes]) / 127) ** 4
        edges = np.zeros(count + 1)
        first = np.clip((starts / STEP_S).astype(int), 0, count)
        np.add.at(edges, first, weights)
        np.add.at(edges, np.clip(((starts + lengths) / STEP_S).astype(int) + 1, first, count), -weights)
        swell = (Curve(part.controls, _EXPRESSION, 127).over(times) / 127) ** 4
        outline += np.cumsum(edges)[:count] * swell * 10 ** (part.gain_db / 10)
    return np.asarray(outline + _FLOOR * outline.mean())


def _choose_passages(outline: Floats, length_s: float) -> list[float]:
    """Where passages begin, in seconds; one from the beginning for a piece that is measured whole."""
    if length_s <= _PASSAGES * (_PASSAGE_S + _LEAD_S):
        return [0.0]
    share = np.cumsum(outline**_SPREAD)
    numbers = np.arange(_PASSAGES)
    # Not evenly: music comes in periods, and all passages might fall on the same beat of theirs.
    places = (numbers + numbers * _GOLDEN % 1) / _PASSAGES
    middles = np.searchsorted(share / share[-1], places) * STEP_S
    starts: list[float] = []
    for number, middle in enumerate(middles.tolist()):
        earliest = starts[-1] + _PASSAGE_S if starts else 0.0
        latest = length_s - (_PASSAGES - number) * _PASSAGE_S
        starts.append(round(min(max(middle - _PASSAGE_S / 2, earliest), latest) / STEP_S) * STEP_S)
    return starts


def _blocks_within(blocks: Floats, start_s: float, length_s: float) -> Floats:
    first = round(start_s / STEP_S)
    return blocks[first : first + max(1, round(length_s / STEP_S) - 3)]


def _render(synth: Synth, score: Score, start_s: float, length_s: float) -> Stereo:
    lead_s = min(_LEAD_S, start_s)
    sound = np.concatenate(list(synth.render(_cut(score, start_s - lead_s, lead_s + length_s))), axis=1)
    return sound[:, round(lead_s * synth.rate) :]


def _cut(score: Score, start_s: float, length_s: float) -> Score:
    parts = tuple(_cut_part(part, start_s, start_s + length_s) for part in score.parts)
    return replace(score, parts=parts, length_s=length_s)


def _cut_part(part: Part, start_s: float, end_s: float) -> Part:
    """The notes that sound in the passage; those that began before it have negative times, and so are heard midway."""
    notes = tuple(
        replace(note, start_s=note.start_s - start_s)
        for note in part.notes
        if note.start_s < end_s and note.start_s + note.length_s > start_s - _RINGING_S
    )
    controls = tuple(replace(c, at_s=c.at_s - start_s) for c in part.controls if c.at_s < end_s)
    return replace(part, notes=notes, controls=controls)
