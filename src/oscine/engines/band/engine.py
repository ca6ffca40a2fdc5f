# SPDX-License-Identifier: GPL-3.0-or-later
"""The band: a score in, a finished recording out, while it is being made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oscine.domain.music import Score, Stereo
from oscine.engines.band.equaliser import equalise
from oscine.engines.band.fonts import find_font
from oscine.engines.band.forecast import foresee
from oscine.engines.band.loop import run_up
from oscine.engines.band.master import TARGET_LUFS, master
from oscine.engines.band.soundfont import load_font
from oscine.engines.band.synth.synth import Synth

_LOOP_PASSAGES = 16
"""A loop's gain cannot be mended while it plays, so more of it is measured."""


class BandEngine:
    """One band may play piece after piece; it keeps the tones it has made."""

    def __init__(self, font: Path | None = None, rate: int = 44100) -> None:
        """font: an .sf2 file; None for the one of oscine[music]. rate: hertz.

        Raises: EngineUnavailable without a font, FontInvalid for a file that is none.
        """
        self._synth = Synth(load_font(find_font(font)), rate)
        self.rate = rate

    def play(self, score: Score) -> Iterator[Stereo]:
        """The piece at −14 LUFS and at most −1 dBTP, in blocks of about half a second, (2, frames).

        A loop may be repeated end to end: what rings on at its end is heard at its beginning.
        round(score.length_s × rate) frames in all. To stop early, stop iterating. Raises: FontInvalid.
        """
        if not score.is_loop:
            mix = equalise(self._synth.render(score), self.rate)
            yield from master(mix, self.rate, foresee(self._synth, score, TARGET_LUFS))
            return
        repeated, lead_s = run_up(score)
        forecast = foresee(self._synth, repeated, TARGET_LUFS, passages=_LOOP_PASSAGES)
        mix = equalise(self._synth.render(repeated, period_s=score.length_s), self.rate)
        skipped = lead_s * self.rate
        for block in master(mix, self.rate, forecast, is_steady=True):
            if skipped < block.shape[1]:
                yield block[:, skipped:]
            skipped = max(0, skipped - block.shape[1])
