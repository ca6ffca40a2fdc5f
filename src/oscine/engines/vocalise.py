# SPDX-License-Identifier: GPL-3.0-or-later
"""Laughter, sighs and other sounds of a voice, made from the speaker's pitch alone, so that any engine can give them.

A sound is a row of puffs: each has a length, a share of voice and of air, a course of pitch and of the mouth. Pulses
of the vocal folds and noise are shaped by formants that move from one vowel to another, frame by frame.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples
from oscine.domain.expression import NEUTRAL, Expression, Vocalisation
from oscine.domain.voice import Timbre

_LEVEL_DBFS = -17.0
"""Root mean square where it sounds, so that laughter is as loud as speech; the table says what is softer."""
_FRAME_S = 0.023
_CEILING = 0.85

_MOUTHS: dict[str, tuple[float, float, float, float]] = {
    "a": (780, 1250, 2550, 3500),
    "e": (520, 1800, 2500, 3500),
    "i": (320, 2250, 2950, 3600),
    "o": (480, 850, 2450, 3400),
    "u": (340, 750, 2300, 3300),
    "schwa": (550, 1450, 2500, 3500),
    "nose": (280, 1100, 2100, 3300),
    "lungs": (900, 1700, 3200, 4500),
}
"""Formants of an adult, hertz."""


@dataclass(frozen=True, slots=True)
class _Puff:
    seconds: float
    voice: float
    """Share of pulses, 0–1."""
    air: float
    """Share of noise, 0–1."""
    pitch: tuple[float, float]
    """Factors on the speaker's, from and to."""
    mouth: tuple[str, str]
    gap_s: float = 0.0
    """Silence after it."""
    attack: float = 0.15
    """Share of its length in which it rises; the rest falls."""
    level: float = 1.0


def _pulses(count: int, first: _Puff, last: _Puff) -> tuple[_Puff, ...]:
    """A row that goes from one puff to another."""
    shares = np.linspace(0, 1, count)
    return tuple(
        replace(
            first,
            seconds=first.seconds + s * (last.seconds - first.seconds),
            gap_s=first.gap_s + s * (last.gap_s - first.gap_s),
            level=first.level + s * (last.level - first.level),
            pitch=(
                first.pitch[0] + s * (last.pitch[0] - first.pitch[0]),
                first.pitch[1] + s * (last.pitch[1] - first.pitch[1]),
            ),
        )
        for s in map(float, shares)
    )


_HA = _Puff(0.12, 0.8, 0.5, (1.7, 1.45), ("a", "schwa"), 0.07)
_HE = _Puff(0.08, 0.8, 0.35, (2.1, 1.9), ("e", "i"), 0.06)
_IN = _Puff(0.3, 0.0, 1.0, (1.0, 1.0), ("schwa", "lungs"), attack=0.6, level=0.4)
_SCORES: dict[Vocalisation, tuple[float, tuple[_Puff, ...]]] = {
    "laugh": (1.0, _pulses(6, _HA, replace(_HA, pitch=(1.15, 0.95), level=0.45, gap_s=0.1))),
    "chuckle": (0.6, _pulses(4, replace(_HA, pitch=(1.1, 0.95)), replace(_HA, pitch=(0.9, 0.8), level=0.5))),
    "giggle": (0.7, _pulses(7, _HE, replace(_HE, pitch=(1.7, 1.5), level=0.5))),
    "sob": (
        0.6,
        (
            replace(_IN, seconds=0.12, gap_s=0.04),
            replace(_IN, seconds=0.14, gap_s=0.08),
            _Puff(0.5, 0.8, 0.4, (1.5, 1.05), ("schwa", "u"), 0.1, 0.2),
            _Puff(0.3, 0.6, 0.5, (1.2, 0.95), ("schwa", "u"), 0.0, 0.2, 0.6),
        ),
    ),
    "sigh": (0.5, (replace(_IN, gap_s=0.05), _Puff(0.9, 0.12, 1.0, (1.05, 0.75), ("a", "u"), attack=0.12))),
    "exhale": (0.4, (_Puff(0.75, 0.0, 1.0, (1.0, 1.0), ("a", "u"), attack=0.2),)),
    "inhale": (0.4, (replace(_IN, seconds=0.6, level=1.0),)),
    "gasp": (0.7, (_Puff(0.32, 0.15, 1.0, (1.5, 2.0), ("schwa", "lungs"), attack=0.35),)),
    "snort": (0.7, (_Puff(0.16, 0.25, 1.0, (0.6, 0.5), ("nose", "schwa"), 0.03, 0.2), replace(_IN, seconds=0.1))),
    "sniff": (0.5, _pulses(2, *(2 * (_Puff(0.14, 0.0, 1.0, (1.0, 1.0), ("nose", "i"), 0.12, 0.5),)))),
    "wheeze": (0.5, _pulses(4, replace(_HA, voice=0.1, air=1.0, seconds=0.16), replace(_HA, voice=0.0, level=0.5))),
    "cough": (0.9, _pulses(2, _Puff(0.16, 0.35, 1.0, (1.1, 0.8), ("a", "schwa"), 0.12, 0.04), _Puff(
        0.2, 0.3, 1.0, (1.0, 0.7), ("a", "schwa"), 0.0, 0.04, 0.7))),
    "groan": (0.8, (_Puff(0.9, 1.0, 0.2, (0.95, 0.7), ("schwa", "o"), attack=0.25),)),
    "yawn": (
        0.6,
        (
            _Puff(0.8, 0.1, 0.9, (0.9, 1.0), ("e", "a"), attack=0.7, level=0.6),
            _Puff(0.9, 0.7, 0.6, (1.1, 0.7), ("a", "u"), attack=0.15),
        ),
    ),
    "hum": (0.8, (_Puff(0.7, 1.0, 0.03, (1.0, 0.9), ("nose", "nose"), attack=0.15),)),
    "gulp": (0.6, (_Puff(0.06, 0.5, 0.5, (0.7, 1.2), ("u", "o"), 0.05), _Puff(
        0.07, 0.4, 0.6, (1.0, 0.6), ("o", "u"), 0.0, 0.3))),
    "whoop": (1.2, (_Puff(0.55, 1.0, 0.15, (1.3, 2.2), ("u", "u"), attack=0.3),)),
}  # fmt: skip
"""Kind → its level, as a factor, and its puffs."""

KINDS = frozenset(_SCORES)


def vocalise(
    kind: Vocalisation, timbre: Timbre, rate: int, seed: int | None = None, expression: Expression = NEUTRAL
) -> Samples:
    """One sound of that speaker.

    rate: hertz. seed: the same gives the same samples; None: another one each time. expression: whispered sounds have
    no voice, the rest scales pitch, pace and loudness. Returns (frames,), 0.1–2 s, peak below 0.9.
    Cost: about 2 ms for each second.
    """
    factor, puffs = _SCORES[kind]
    rng = np.random.default_rng(seed)
    pitch_hz = timbre.pitch_hz * expression.pitch
    parts: list[NDArray[np.float64]] = []
    for puff in puffs:
        pace = max(expression.rate, 0.4) * rng.uniform(0.92, 1.08)
        parts.append(_sound(puff, pitch_hz, timbre, rate, pace, expression, rng))
        parts.append(np.zeros(round(puff.gap_s / pace * rate)))
    out = np.concatenate(parts)
    loud = out[np.abs(out) > 0.05 * np.abs(out).max(initial=1e-9)]
    out *= factor * 10 ** ((_LEVEL_DBFS + expression.volume_db) / 20) / max(float(np.sqrt(np.mean(loud**2))), 1e-9)
    peak = float(np.abs(out).max(initial=0.0))
    return (out * min(1.0, _CEILING / max(peak, 1e-9))).astype(np.float32)


def _sound(
    puff: _Puff,
    pitch_hz: float,
    timbre: Timbre,
    rate: int,
    pace: float,
    expression: Expression,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    count = max(round(puff.seconds / pace * rate), 64)
    course = np.linspace(0, 1, count)
    shake = 1 + 0.03 * rng.standard_normal() + 0.04 * expression.tremor * np.sin(2 * np.pi * 6 * course * puff.seconds)
    frequency = pitch_hz * (puff.pitch[0] + (puff.pitch[1] - puff.pitch[0]) * course) * shake
    phase = np.cumsum(frequency) / rate
    voice = -np.diff(phase % 1.0, prepend=0.0)  # a pulse at each closure of the folds
    voice = np.where(voice > 0, 1.0, 0.0) * np.sqrt(rate / max(pitch_hz, 1.0))
    air = rng.standard_normal(count)
    voiced = puff.voice * (1 - expression.whisper)
    source = voiced * voice + max(puff.air, puff.voice - voiced) * (0.35 if voiced else 1.0) * air
    rise = np.clip(course / max(puff.attack, 1e-3), 0, 1)
    fall = np.clip((1 - course) / max(1 - puff.attack, 1e-3), 0, 1)
    envelope = np.sin(np.pi / 2 * rise) ** 2 * np.sin(np.pi / 2 * fall)
    return puff.level * envelope * _shape(source, puff.mouth, timbre.formants, rate)


def _shape(source: NDArray[np.float64], mouth: tuple[str, str], tract: float, rate: int) -> NDArray[np.float64]:
    """Give a source the formants of a mouth that moves, by overlapping frames."""
    hop = max(round(_FRAME_S * rate) // 2, 8)
    size = 2 * hop
    padded = np.concatenate((np.zeros(hop), source, np.zeros(size + hop)))
    window = np.hanning(size + 1)[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop] * window
    share = np.linspace(0, 1, len(frames))[:, None]
    first, last = (np.array(_MOUTHS[name]) * tract for name in mouth)
    centres = (first + (last - first) * share)[:, :, None]
    spectrum = np.fft.rfft(frames, 2 * size)
    hertz = np.fft.rfftfreq(2 * size, 1 / rate)
    widths = (60 + 0.06 * centres) * 1.4
    peaks = 1 / (1 + ((hertz - centres) / widths) ** 2)
    gains = (peaks * np.array([1.0, 0.7, 0.4, 0.25])[:, None]).sum(axis=1) + 0.02
    gains *= np.minimum(hertz / 150, 1.0)
    shaped = np.fft.irfft(spectrum * gains)
    out = np.zeros(len(frames) * hop + 2 * size)
    for i, frame in enumerate(shaped):
        out[i * hop : i * hop + len(frame)] += frame
    return out[hop : hop + len(source)]
