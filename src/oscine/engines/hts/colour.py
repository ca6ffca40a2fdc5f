# SPDX-License-Identifier: GPL-3.0-or-later
"""How timbre and settings colour the voice: formants, tilt, presence, breath, closeness to the recordings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts.speakers import Cast
from oscine.engines.hts.trajectory import Frames
from oscine.engines.hts.vocoder import BAND_EDGES_HZ, Filter, scale_formants, sharpen

_FULL_SCALE = float(np.log(1 / 32768))
"""The files speak in 16-bit steps."""
_FORMANT_LIMITS = (0.75, 1.35)
_LOWEST_HZ = 55.0
_TILT_DB = 6.0
"""At full tilt, from 500 Hz to 4 kHz."""
_BOOST_DB, _BOOST_HZ, _BOOST_OCTAVES = 3.0, 2900.0, 0.6
_DB = float(np.log(10) / 20)


def make_filter(cast: Cast, timbre: Timbre, settings: VoiceSettings) -> Filter:
    """The filter of one rendering. About 1 ms."""
    factor = min(max(timbre.formants, _FORMANT_LIMITS[0]), _FORMANT_LIMITS[1]) * cast.formants

    def colour(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
        octaves = np.log2(np.maximum(hertz, 1.0) / 1414.0)
        gain_db = cast.gain_db + timbre.gain_db + _TILT_DB / 3 * timbre.tilt * np.clip(octaves, -3.0, 2.5)
        if settings.speaker_boost:
            distance = np.log2(np.maximum(hertz, 1.0) / _BOOST_HZ) / _BOOST_OCTAVES
            gain_db = gain_db + _BOOST_DB * np.exp(-0.5 * distance**2)
        steep = (np.maximum(hertz, 10.0) / _LOWEST_HZ) ** 4
        return _FULL_SCALE + _DB * gain_db + 0.5 * np.log(steep / (1 + steep))

    stream = cast.file.streams["MCP"]
    return Filter(cast.file.rate, stream.length, scale_formants(cast.alpha, factor), colour)


def shape_frames(
    frames: Frames, cast: Cast, timbre: Timbre, settings: VoiceSettings
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mel-cepstra (frames, order) and the noise's share of the power in each band (frames, bands).

    Similarity widens what averaging has narrowed (Silén et al. 2012, variance scaling) and sharpens formants; a light
    rendering has half of the second and nothing of the first.
    """
    cepstra, beta = frames.cepstra, 0.15 + 0.3 * settings.similarity
    if settings.is_light:
        beta /= 2
    else:
        manners = cast.manners
        spread = 1 + 0.4 * settings.similarity * (manners.spread - 1)
        spread[0] = 1.0
        cepstra = manners.centre + spread * (cepstra - manners.centre)
    cepstra = sharpen(cepstra, cast.alpha, beta)
    shares = 10 ** (np.minimum(frames.band_noise_db, 0.0) / 10)
    if shares.shape[1] != len(BAND_EDGES_HZ) - 1:
        shares = np.full((len(cepstra), len(BAND_EDGES_HZ) - 1), 0.05)
    breath = timbre.breath * np.linspace(0.25, 0.9, shares.shape[1])
    shares = shares + (1 - shares) * breath
    return cepstra.astype(np.float32), shares.astype(np.float32)
