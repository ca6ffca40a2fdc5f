# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journeys hear with: a response decoded by libav, and measures of speech."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import FORMATS
from tests.unit.codecs.listening import Heard, decode

VOICE = "JBFqnCBsd6RMkjVDRZzb"
"""George, the voice of the vendor's examples."""
SENTENCE = "The first move is what sets everything in motion."

_STEP_S = 0.01
_SOUND = 0.008
"""Level of a step, RMS, above which it holds speech: −42 dBFS."""


def hear(body: bytes, format_name: str) -> Heard:
    """As a player would that was told the format's name."""
    return decode(body, FORMATS[format_name])


def seconds(heard: Heard) -> float:
    return len(heard.samples) / heard.rate


def levels(heard: Heard) -> NDArray[np.float64]:
    """RMS of each 10 ms, in 0–1."""
    step = round(heard.rate * _STEP_S)
    whole = len(heard.samples) // step * step
    return np.asarray(np.sqrt(np.mean(heard.samples[:whole].reshape(-1, step) ** 2, axis=1)))


def speech_span(heard: Heard) -> tuple[float, float]:
    """Seconds at which sound begins and ends."""
    sounding = np.flatnonzero(levels(heard) > _SOUND)
    assert len(sounding), "silence from end to end"
    return float(sounding[0]) * _STEP_S, float(sounding[-1] + 1) * _STEP_S


def loudness_db(heard: Heard) -> float:
    """Level of what is not silence, dBFS."""
    sounding = levels(heard)
    sounding = sounding[sounding > _SOUND]
    return float(10 * np.log10(np.mean(sounding**2)))


def longest_silence(heard: Heard) -> tuple[float, float]:
    """Start and end in seconds of the longest stretch without sound between the first sound and the last."""
    first, last = speech_span(heard)
    best, begin = (first, first), None
    for index, level in enumerate(levels(heard)):
        at = index * _STEP_S
        if not first <= at < last:
            continue
        if level > _SOUND:
            begin = None
        else:
            begin = at if begin is None else begin
            if at + _STEP_S - begin > best[1] - best[0]:
                best = (begin, at + _STEP_S)
    return best
