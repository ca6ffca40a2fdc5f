# SPDX-License-Identifier: GPL-3.0-or-later
"""How espeak realises a timbre: the speaker's part of a voice file, parameters, and what is done to the samples.

The speaker is one of espeak's Klatt sources (measured far more intelligible than its default voice), with
formants scaled; pitch is written in hertz. Klatt voices have neither breath nor tilt of their own, so those are
made from the samples. Loudness is the timbre's gain and a soft limit at −1 dBFS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples
from oscine.domain.speech import Boundary, VoiceSettings
from oscine.domain.voice import Timbre

WORDS_PER_MINUTE = 160
"""Pace at rate 1 and speed 1; 140–170 is understood best (reference/engines.md §3)."""
_RATE_LIMITS = (80, 450)

_VOLUMES = {1: 100, 2: 100, 3: 80, 4: 55, 5: 50}
"""Klatt source → volume parameter, per cent: as loud as leaves 4 dB below full scale inside espeak."""
_SWING = 0.37
"""espeak's normal difference between high and low tone, as a share of the mean frequency."""
_HZ_PER_TONE = 108 / 2 / 4096
"""Hertz that one step of espeak's tone scale is worth, for each hertz between the two numbers of `pitch`."""
_MEAN_TONE = 60
"""Where speech lies on that scale on average: calibrated by autocorrelation over 50 sentences."""
_BANDWIDTHS = {1: 100, 2: 100, 3: 125, 4: 133, 5: 133, 6: 100}
"""Formant → espeak's own bandwidth, per cent."""
_FORMANT_LIMITS = (0.9, 1.2)

_CONTINUED_PITCH = 47
"""The pitch parameter, of 50, where a segment goes on with a clause: speech declines, only a sentence resets it."""
_NORMAL = 50

_CEILING = 0.885
_KNEE = 0.7
_BREATH_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Variant:
    """What `Timbre.variant` says to this engine: `[english variety+]klattN[+flutterM]`, e.g. `en-gb+klatt4`."""

    source: int
    """1–5, espeak's glottal sources: impulsive, natural, sampled, …"""
    flutter: int
    """Unsteadiness of pitch; 2 is espeak's normal, 8 an old voice."""
    english: str
    """The variety of English of this voice."""


def read_variant(text: str) -> Variant:
    """Raises: ValueError, naming what it does not know."""
    source, flutter, english = 4, 2, "en-us"
    for part in text.split("+"):
        if part.startswith("klatt") and part[5:].isdigit() and int(part[5:]) in _VOLUMES:
            source = int(part[5:])
        elif part.startswith("flutter") and part[7:].isdigit():
            flutter = int(part[7:])
        elif part == "en" or part.startswith("en-"):
            english = part
        else:
            raise ValueError(f"espeak variant {text[:40]!r}: {part[:20]!r} is neither klatt1–5, flutterN nor en-…")
    return Variant(source, flutter, english)


@dataclass(frozen=True, slots=True)
class Manner:
    """Parameters that espeak takes without loading a voice."""

    rate: int
    volume: int
    pitch: int
    range: int


def manner(timbre: Timbre, variant: Variant, settings: VoiceSettings, opens: Boundary) -> Manner:
    """How one segment is spoken. Lower stability and higher style move the pitch more; defaults leave it as it is."""
    rate = round(WORDS_PER_MINUTE * timbre.rate * settings.speed)
    swing = (1.0 + 0.5 * (0.5 - settings.stability)) * (1.0 + 0.4 * settings.style)
    return Manner(
        rate=min(max(rate, _RATE_LIMITS[0]), _RATE_LIMITS[1]),
        volume=_VOLUMES[variant.source],
        pitch=_CONTINUED_PITCH if opens in {Boundary.CUT, Boundary.CLAUSE} else _NORMAL,
        range=min(round(_NORMAL * swing), 99),
    )


def describe_speaker(timbre: Timbre, variant: Variant, seed: int | None = None) -> str:
    """The speaker's lines of a voice file.

    seed: moves pitch by up to 1 % and formants by up to 4 Hz, so that seeds differ: these voices hold no noise.
    """
    jitter = np.random.default_rng(seed).uniform(-1, 1, 7) if seed is not None else np.zeros(7)
    mean = timbre.pitch_hz * (1 + 0.01 * jitter[0])
    swing = _SWING * timbre.pitch_hz * timbre.range * (1 + 0.04 * jitter[1])
    low = mean - _MEAN_TONE * _HZ_PER_TONE * swing + 9
    factor = min(max(timbre.formants, _FORMANT_LIMITS[0]), _FORMANT_LIMITS[1])
    lines = [f"pitch {low:.0f} {low + swing:.0f}", f"klatt {variant.source}", f"flutter {variant.flutter}"]
    for formant, width in _BANDWIDTHS.items():
        # A breathy voice has a wide first formant: the glottis does not close.
        widened = width * (1 + timbre.breath) if formant == 1 else width
        shift = round(4 * jitter[1 + formant]) if formant < 6 else 0
        lines.append(f"formant {formant} {factor * 100:.0f} 100 {widened:.0f} {shift}")
    return "\n".join(lines)


class Finish:
    """From espeak's samples to ours, piece by piece: tilt, breath, gain, limit."""

    def __init__(self, timbre: Timbre) -> None:
        self._scale = np.float32(10 ** (timbre.gain_db / 20) / 32768)
        self._tilt = np.float32(timbre.tilt if timbre.tilt > 0 else 0.45 * timbre.tilt)
        self._breath = np.float32(0.5 * timbre.breath)
        self._previous = np.float32(0)
        self._noise_at = 0

    def apply(self, samples: NDArray[np.int16]) -> Samples:
        """(frames,) 16-bit → (frames,) float32 within ±0.885."""
        out = samples.astype(np.float32)
        out *= self._scale
        if not len(out):
            return out
        if self._tilt:
            before = np.concatenate(([self._previous], out[:-1]))
            self._previous = out[-1]
            out += self._tilt * (out - before)
        if self._breath:
            out += self._breathe(out)
        return limit(out)

    def _breathe(self, voice: Samples) -> Samples:
        """Noise that follows the voice's loudness."""
        blocks = -(-len(voice) // _BREATH_BLOCK)
        level = np.abs(voice)
        level.resize(blocks * _BREATH_BLOCK, refcheck=False)
        envelope = np.repeat(level.reshape(blocks, _BREATH_BLOCK).mean(axis=1), _BREATH_BLOCK)[: len(voice)]
        noise = _NOISE[(self._noise_at + np.arange(len(voice))) % len(_NOISE)]
        self._noise_at = (self._noise_at + len(voice)) % len(_NOISE)
        return (self._breath * envelope * noise).astype(np.float32)


def _make_noise() -> Samples:
    white = np.random.default_rng(1).standard_normal(2**15).astype(np.float32)
    return np.diff(white, prepend=white[-1]) * np.float32(0.7)


_NOISE = _make_noise()
"""1.5 s of noise, brighter than white; as the air of a breath is."""


def limit(samples: Samples) -> Samples:
    """Bend what lies beyond 0.7 so that nothing reaches 0.885 (−1.06 dBFS). In place."""
    if samples.max() > _KNEE or samples.min() < -_KNEE:
        hot = np.abs(samples) > _KNEE
        loud = samples[hot]
        room = _CEILING - _KNEE
        samples[hot] = np.sign(loud) * (_KNEE + room * np.tanh((np.abs(loud) - _KNEE) / room))
    return samples
