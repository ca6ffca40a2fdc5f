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
from oscine.engines.band.equaliser import equalise
from oscine.engines.band.limiter import limit
from oscine.engines.band.loudness import STEP_S, block_powers, to_blocks
from oscine.engines.band.synth.controls import SUSTAIN, Curve
from oscine.engines.band.synth.synth import Synth

_PASSAGES, _PASSAGE_S, _LEAD_S = 8, 1.2, 0.3
"""Passages, how long they are, and how much before them is rendered for the room to fill."""
_RINGING_S, _PEDALLED_S = 0.8, 5.0
"""Notes that ended longer before a passage are not heard in it; where there is a pedal, it may hold them."""
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


def foresee(synth: Synth, score: Score, target_lufs: float, *, passages: int = _PASSAGES) -> Forecast:
    """What was rendered for it stays in the synthesiser's cache. Raises: as `Synth.render`.

    passages: how many are rendered; a piece that they would fill is rendered whole.
    """
    outline = sketch(score)
    starts_s = _choose_passages(outline, score.length_s, passages)
    length_s = _PASSAGE_S if len(starts_s) > 1 else score.length_s
    sounds = [_render(synth, score, start_s, length_s) for start_s in starts_s]
    measured = [block_powers(sound, synth.rate) for sound in sounds]
    heard, blocks = np.concatenate(measured), to_blocks(outline)
    if not heard.any() or not blocks.any():
        return Forecast(blocks, 0.0, 0.0)
    powers = _fit(blocks, [_blocks_within(blocks, start_s, length_s) for start_s in starts_s], measured)
    lufs = integrate_lufs(powers)
    if math.isinf(lufs):
        return Forecast(powers, 0.0, 0.0)
    gain_db = min(target_lufs - lufs, _MOST_GAIN_DB)
    limited = [limit(sound * np.float32(10 ** (gain_db / 20)), synth.rate) for sound in sounds]
    left = integrate_lufs(np.concatenate([block_powers(sound, synth.rate) for sound in limited]))
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


def _choose_passages(outline: Floats, length_s: float, count: int) -> list[float]:
    """Where passages begin, in seconds; one from the beginning for a piece that is measured whole."""
    if length_s <= count * (_PASSAGE_S + _LEAD_S):
        return [0.0]
    share = np.cumsum(outline**_SPREAD)
    numbers = np.arange(count)
    # Not evenly: music comes in periods, and all passages might fall on the same beat of theirs.
    places = (numbers + numbers * _GOLDEN % 1) / count
    middles = np.searchsorted(share / share[-1], places) * STEP_S
    starts: list[float] = []
    for number, middle in enumerate(middles.tolist()):
        earliest = starts[-1] + _PASSAGE_S if starts else 0.0
        latest = length_s - (count - number) * _PASSAGE_S
        starts.append(round(min(max(middle - _PASSAGE_S / 2, earliest), latest) / STEP_S) * STEP_S)
    return starts


def _fit(blocks: Floats, sketched: list[Floats], measured: list[Floats]) -> Floats:
    """The sketch in units of power, and flatter as far as the passages are more even than it says."""
    log_sketched = np.log([passage.mean() for passage in sketched])
    log_measured = np.log([passage.mean() + 1e-12 for passage in measured])
    log_sketched -= log_sketched.mean()
    square = float(np.square(log_sketched).sum())
    slope = min(max(float((log_sketched * log_measured).sum()) / square, 0.0), 1.0) if square else 1.0
    shape = blocks**slope
    scale = sum(passage.sum() for passage in measured) / sum((passage**slope).sum() for passage in sketched)
    return np.asarray(shape * scale)


def _blocks_within(blocks: Floats, start_s: float, length_s: float) -> Floats:
    first = round(start_s / STEP_S)
    return blocks[first : first + max(1, round(length_s / STEP_S) - 3)]


def _render(synth: Synth, score: Score, start_s: float, length_s: float) -> Stereo:
    lead_s = min(_LEAD_S, start_s)
    mix = synth.render(_cut(score, start_s - lead_s, lead_s + length_s))
    sound = np.concatenate(list(equalise(mix, synth.rate)), axis=1)
    return sound[:, round(lead_s * synth.rate) :]


def _cut(score: Score, start_s: float, length_s: float) -> Score:
    parts = tuple(_cut_part(part, start_s, start_s + length_s) for part in score.parts)
    return replace(score, parts=parts, length_s=length_s)


def _cut_part(part: Part, start_s: float, end_s: float) -> Part:
    """The notes that sound in the passage; those that began before it have negative times, and so are heard midway."""
    ringing_s = _PEDALLED_S if any(control.number == SUSTAIN for control in part.controls) else _RINGING_S
    notes = tuple(
        replace(note, start_s=note.start_s - start_s)
        for note in part.notes
        if note.start_s < end_s and note.start_s + note.length_s > start_s - ringing_s
    )
    controls = tuple(replace(c, at_s=c.at_s - start_s) for c in part.controls if c.at_s < end_s)
    return replace(part, notes=notes, controls=controls)
