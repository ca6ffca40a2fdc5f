# SPDX-License-Identifier: GPL-3.0-or-later
"""Pace, pitch movement and how a phrase ends: what text and settings ask for beyond the trees.

The trees know only where in a phrase a syllable stands. That a question rises, that a voice is held up before a
comma or where a sentence was cut, and how lively a rendering is, is added to their pitch.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts.voicefile import Floats


class Ending(Enum):
    """How a phrase ends."""

    FALLS = "falls"
    GOES_ON = "goes on"
    IS_CUT = "is cut"
    """In the middle of a clause."""
    ASKS = "asks"
    """For yes or no."""
    ASKS_WHAT = "asks what"
    EXCLAIMS = "exclaims"


_RISES = {
    Ending.FALLS: 0.0,
    Ending.GOES_ON: 0.10,
    Ending.IS_CUT: 0.06,
    Ending.ASKS: 0.65,
    Ending.ASKS_WHAT: 0.16,
    Ending.EXCLAIMS: 0.0,
}
"""Natural logarithm of F0 gained from the last stressed syllable to the end."""
_LIVELIER = {Ending.EXCLAIMS: 1.25}


@dataclass(frozen=True, slots=True)
class Prosody:
    """How one rendering moves."""

    pace: float
    """Factor on durations."""
    range: float
    """Factor on pitch movement."""
    contrast: float
    """0 and above: how much further a phone's length lies from the mean than the trees have it."""
    pitch_jitter: float
    """Standard deviation: 0.6 of it between phrases of a response, 0.5 between words; natural logarithm of F0."""
    energy_jitter: float
    """The same of the amplitude."""
    pace_jitter: float
    """Standard deviation of a phone's duration, as a share; half of it of a phrase's."""

    @staticmethod
    def of(timbre: Timbre, settings: VoiceSettings, spread: float) -> Prosody:
        """Stability 0.5 and style 0 leave range and pace as the timbre has them.

        spread: how much more pitch varies in speech than in what the trees make, ≥ 1; half of that is made good.
        """
        unrest = 1.0 - settings.stability
        return Prosody(
            pace=1.0 / (timbre.rate * settings.speed * (1.0 + 0.08 * settings.style)),
            range=(1.0 + spread) / 2 * timbre.range * (1.0 + 0.7 * (unrest - 0.5)) * (1.0 + 0.6 * settings.style),
            contrast=0.3 * settings.style,
            pitch_jitter=0.05 * unrest,
            energy_jitter=0.12 * unrest,
            pace_jitter=0.08 * unrest,
        )


def vary_lengths(means: Floats, prosody: Prosody, chance: np.random.Generator) -> Floats:
    """Mean durations, (phones, states), made more or less even, and by chance: a phrase's pace, and each phone's."""
    lengths = means.sum(axis=1, keepdims=True)
    exaggerated = (lengths / np.exp(np.log(lengths).mean())) ** prosody.contrast
    exaggerated *= lengths.sum() / (lengths * exaggerated).sum()
    unrest = chance.standard_normal((len(means), 1)) + 0.5 * chance.standard_normal()
    varied: Floats = means * exaggerated * np.exp(prosody.pace_jitter * unrest)
    return varied


def wander(frames: int, centres: NDArray[np.float64], prosody: Prosody, chance: np.random.Generator) -> Floats:
    """(frames, 2): what chance adds to the logarithms of pitch and amplitude of a phrase, slowly from word to word.

    centres: frame of each word's middle, rising.
    """
    jitter = np.array([prosody.pitch_jitter, prosody.energy_jitter])
    phrase, words = chance.standard_normal(2), chance.standard_normal((2, len(centres)))
    drift = np.stack([np.interp(np.arange(frames), centres, row) for row in words], axis=1)
    course: Floats = (0.6 * phrase + 0.5 * drift) * jitter
    return course


def move_pitch(frames: int, rise_start: int, rise_end: int, ending: Ending, prosody: Prosody, height: float) -> Floats:
    """(frames, 2): factor on the pitch of each frame, and what is added to it.

    rise_start, rise_end: frames between which the voice gains what the ending asks for. height: natural
    logarithm of the phrase's mean in hertz.
    """
    span = max(rise_end - rise_start, 1)
    share = np.clip((np.arange(frames) - rise_start) / span, 0.0, 1.0)
    return np.stack(
        [np.full(frames, prosody.range * _LIVELIER.get(ending, 1.0)), height + _RISES[ending] * share**1.5], axis=1
    )
