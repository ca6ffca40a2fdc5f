# SPDX-License-Identifier: GPL-3.0-or-later
"""How espeak realises a timbre: the speaker's part of a voice file, parameters, and what is done to the samples.

The speaker is one of espeak's Klatt sources (measured far more intelligible than its default voice), with
formants scaled; pitch is written in hertz. Klatt voices have neither breath nor tilt of their own, so those are
made from the samples. Loudness is the timbre's gain and a soft limit at −1 dBFS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples
from oscine.domain.expression import NEUTRAL, Expression
from oscine.domain.speech import Boundary, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak.whisper import Whisper

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
_BLUR, _BLUR_DB = 1.0, 1.8
"""How much wider formants are for each unit of similarity below the default, and the level that this costs."""
_DEFAULT = VoiceSettings()

_TREMOR_FLUTTER = 14
"""Flutter that a full tremor adds."""
_TREMOR_HZ, _TREMOR_DEPTH = 5.6, 0.45
"""A trembling voice, as loud as this moves it."""

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


def vary(timbre: Timbre, settings: VoiceSettings, chance: np.random.Generator) -> Timbre:
    """The speaker as one segment happens to sound beside the others: pitch, pace and level, as in `temper`.

    What the level loses with similarity (see `describe_speaker`) is made good.
    """
    pitch, rate, level = 0.6 * (1.0 - settings.stability) * chance.standard_normal(3)
    return replace(
        timbre,
        pitch_hz=timbre.pitch_hz * float(np.exp(0.04 * pitch)),
        rate=timbre.rate * float(np.exp(0.03 * rate)),
        gain_db=timbre.gain_db + float(level) + _BLUR_DB * (_DEFAULT.similarity - settings.similarity),
    )


@dataclass(frozen=True, slots=True)
class Manner:
    """Parameters that espeak takes without loading a voice."""

    rate: int
    volume: int
    pitch: int
    range: int


def manner(
    timbre: Timbre, variant: Variant, settings: VoiceSettings, opens: Boundary, expression: Expression = NEUTRAL
) -> Manner:
    """How one segment is spoken. Lower stability and higher style move the pitch more; defaults leave it as it is.

    What is sung has no movement of its own: the script says its notes.
    """
    rate = round(WORDS_PER_MINUTE * timbre.rate * settings.speed * expression.rate * (1.0 + 0.08 * settings.style))
    swing = (1.0 + 0.5 * (0.5 - settings.stability)) * (1.0 + 0.4 * settings.style)
    return Manner(
        rate=min(max(rate, _RATE_LIMITS[0]), _RATE_LIMITS[1]),
        volume=_VOLUMES[variant.source],
        pitch=_CONTINUED_PITCH if opens in {Boundary.CUT, Boundary.CLAUSE} else _NORMAL,
        range=0 if expression.is_sung else min(round(_NORMAL * swing), 99),
    )


def describe_speaker(
    timbre: Timbre,
    variant: Variant,
    seed: int | None = None,
    tremor: float = 0.0,
    settings: VoiceSettings = _DEFAULT,
) -> str:
    """The speaker's lines of a voice file.

    tremor: 0–1. Similarity sharpens formants: there is no recorded speaker to be nearer to, but clarity there is.
    seed: moves pitch by up to 1 % and formants by up to 4 Hz, so that seeds differ: these voices hold no noise.
    """
    jitter = np.random.default_rng(seed).uniform(-1, 1, 7) if seed is not None else np.zeros(7)
    mean = timbre.pitch_hz * (1 + 0.01 * jitter[0])
    swing = _SWING * timbre.pitch_hz * timbre.range * (1 + 0.04 * jitter[1])
    low = mean - _MEAN_TONE * _HZ_PER_TONE * swing + 9
    factor = min(max(timbre.formants, _FORMANT_LIMITS[0]), _FORMANT_LIMITS[1])
    lines = [
        f"pitch {low:.0f} {low + swing:.0f}",
        f"klatt {variant.source}",
        f"flutter {variant.flutter + round(_TREMOR_FLUTTER * tremor)}",
    ]
    for formant, width in _BANDWIDTHS.items():
        # A breathy voice has a wide first formant: the glottis does not close.
        widened = width * (1 + timbre.breath) if formant == 1 else width
        widened *= 1 + _BLUR * (_DEFAULT.similarity - settings.similarity)
        shift = round(4 * jitter[1 + formant]) if formant < 6 else 0
        lines.append(f"formant {formant} {factor * 100:.0f} 100 {widened:.0f} {shift}")
    return "\n".join(lines)


class Finish:
    """From espeak's samples to ours, piece by piece: tilt, breath, gain, whisper, tremor, limit."""

    def __init__(
        self, timbre: Timbre, rate: int = 22050, expression: Expression = NEUTRAL, seed: int | None = None
    ) -> None:
        """timbre: with the expression in it. rate: hertz."""
        self._scale = np.float32(10 ** (timbre.gain_db / 20) / 32768)
        self._tilt = np.float32(timbre.tilt if timbre.tilt > 0 else 0.45 * timbre.tilt)
        self._breath = np.float32(0.5 * timbre.breath)
        self._previous = np.float32(0)
        self._noise_at = 0
        self._whisper = Whisper(expression.whisper, timbre.pitch_hz, rate, seed) if expression.whisper else None
        self._tremor = expression.tremor
        self._step = 2 * np.pi * _TREMOR_HZ / rate
        self._at = 0

    def apply(self, samples: NDArray[np.int16]) -> Samples:
        """(frames,) 16-bit → (frames,) float32 within ±0.885; what is whispered comes some 20 ms later."""
        out = self._colour(samples)
        return self._settle(self._whisper.apply(out) if self._whisper else out)

    def finish(self, samples: NDArray[np.int16]) -> Samples:
        """The last samples, and what was held back."""
        out = self.apply(samples)
        return np.concatenate((out, self._settle(self._whisper.finish()))) if self._whisper else out

    def _settle(self, samples: Samples) -> Samples:
        if not len(samples):
            return samples
        if self._tremor:
            phase = self._step * (self._at + np.arange(len(samples)))
            self._at += len(samples)
            samples *= (1 + self._tremor * _TREMOR_DEPTH * np.sin(phase)).astype(np.float32)
        return limit(samples)

    def _colour(self, samples: NDArray[np.int16]) -> Samples:
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
        return out

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
