# SPDX-License-Identifier: GPL-3.0-or-later
"""The synthesiser: plays a score on the instruments of a SoundFont, block after block, from beginning to end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from oscine.domain.music import Score, Stereo
from oscine.engines.band.soundfont import SoundFont
from oscine.engines.band.synth.effects import Chorus, Reverb
from oscine.engines.band.synth.oscillator import Cut, Wave
from oscine.engines.band.synth.part import Player, Stock
from oscine.engines.band.synth.patch import ToneSpec
from oscine.engines.band.synth.store import Store
from oscine.engines.band.synth.tone import Tone

_BLOCK_S = 0.5
_FADE_S = 0.05
_HEADROOM = np.float32(0.2)
"""A voice at full velocity, so that a band stays about within full scale."""
_MOST_NUMBERS = 24_000_000
"""Kept of samples, and again of tones: 96 MB each."""


class Synth:
    """Tones are kept from score to score, so a second piece with the same instruments costs less."""

    def __init__(self, font: SoundFont, rate: int) -> None:
        """rate: hertz, of the output."""
        tones = Store[tuple[ToneSpec, float], Tone](_MOST_NUMBERS)
        self._stock = Stock(font, rate, Store[Cut, Wave](_MOST_NUMBERS), tones)
        self.rate = rate

    def render(self, score: Score, *, period_s: float | None = None) -> Iterator[Stereo]:
        """The whole piece in blocks of half a second, (2, frames), round(length_s × rate) frames in all.

        Not limited to [-1, 1]: see `master.py`. The last 50 ms fade out, unless this is a loop that comes round every
        `period_s`. To stop early, stop iterating.
        Raises: FontInvalid if the font has no instruments, or no drums, for a part that needs them.
        """
        players = [Player(part, self._stock) for part in score.parts]
        total, size = round(score.length_s * self.rate), round(_BLOCK_S * self.rate)
        reverb, chorus = Reverb(self.rate, size), Chorus(self.rate, period_s)
        for at in range(0, total, size):
            frames = min(size, total - at)
            out: Stereo = np.zeros((2, frames), np.float32)
            room, ensemble = np.zeros(frames, np.float32), np.zeros(frames, np.float32)
            for player in players:
                player.add_to(out, room, ensemble, at)
            out += chorus.process(ensemble)
            out += reverb.process(room)
            out *= _HEADROOM
            if period_s is None:
                _fade(out, total - at, self.rate)
            yield out


def _fade(block: Stereo, left: int, rate: int) -> None:
    """left: frames to the end of the piece, from the block's beginning."""
    length = round(_FADE_S * rate)
    if left - block.shape[1] < length:
        block *= np.clip((left - np.arange(block.shape[1])) / length, 0, 1).astype(np.float32)
