# SPDX-License-Identifier: GPL-3.0-or-later
"""From the mix to the finished piece: one gain for all of it, then a limiter for the peaks that are left.

The gain is found before the first block is out, from passages spread over the piece, and stays: what is soft in the
score stays soft, and nothing pumps.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Part, Score, Stereo
from oscine.engines.band.limiter import Limiter
from oscine.engines.band.loudness import block_powers
from oscine.engines.band.synth.synth import Synth

TARGET_LUFS = -14.0
_PASSAGES, _PASSAGE_S = 6, 1.5
_EARLIER_S, _RINGING_S = 8.0, 0.5
"""Notes that began, or ended, longer before a passage are not heard in it: rendering them would take too long."""
_ROUNDS = 3
"""The limiter takes loudness away, so the gain is corrected for what it took."""
_MOST_GAIN_DB = 40.0


def measure_gain(synth: Synth, score: Score, target_lufs: float = TARGET_LUFS) -> float:
    """Decibels that bring the piece to the target, after the limiter.

    Pieces up to 9 s are measured whole, longer ones in six passages; what was rendered for them stays in the
    synthesiser's cache. 0 for silence. Raises: as `Synth.render`.
    """
    passages = [np.concatenate(list(synth.render(part)), axis=1) for part in _choose_passages(score)]
    gain_db = 0.0
    for number in range(_ROUNDS):
        heard = passages if number == 0 else [_limit(passage, gain_db, synth.rate) for passage in passages]
        lufs = integrate_lufs(np.concatenate([block_powers(passage, synth.rate) for passage in heard]))
        if math.isinf(lufs):
            return 0.0
        gain_db = min(gain_db + target_lufs - lufs, _MOST_GAIN_DB)
    return gain_db


def master(blocks: Iterable[Stereo], rate: int, gain_db: float) -> Iterator[Stereo]:
    """The blocks at their final level, true peaks at most −1 dBTP; as many frames, some milliseconds later."""
    limiter = Limiter(rate)
    gain = np.float32(10 ** (gain_db / 20))
    for block in blocks:
        done = limiter.push(block * gain)
        if done.shape[1]:
            yield done
    yield limiter.flush()


def _limit(passage: Stereo, gain_db: float, rate: int) -> Stereo:
    return np.concatenate(list(master([passage], rate, gain_db)), axis=1)


def _choose_passages(score: Score) -> list[Score]:
    if score.length_s <= _PASSAGES * _PASSAGE_S:
        return [score]
    spacing_s = score.length_s / _PASSAGES
    return [_cut(score, (number + 0.5) * spacing_s - _PASSAGE_S / 2) for number in range(_PASSAGES)]


def _cut(score: Score, start_s: float) -> Score:
    return replace(score, parts=tuple(_cut_part(part, start_s) for part in score.parts), length_s=_PASSAGE_S)


def _cut_part(part: Part, start_s: float) -> Part:
    """The notes that sound in the passage; those that began before it have negative times, and so are heard midway."""
    ends_s = start_s + _PASSAGE_S
    notes = tuple(
        replace(note, start_s=note.start_s - start_s)
        for note in part.notes
        if start_s - _EARLIER_S < note.start_s < ends_s and note.start_s + note.length_s > start_s - _RINGING_S
    )
    controls = tuple(replace(c, at_s=c.at_s - start_s) for c in part.controls if c.at_s < ends_s)
    return replace(part, notes=notes, controls=controls)
