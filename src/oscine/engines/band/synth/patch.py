# SPDX-License-Identifier: GPL-3.0-or-later
"""What one layer of one note is, in units of physics: the sum of generators and modulators, read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oscine.engines.band.generators import DEFAULTS, LIMITS, G
from oscine.engines.band.soundfont import Layer
from oscine.engines.band.synth.envelope import Envelope, Lfo
from oscine.engines.band.synth.modulators import sum_up, wheel_depth
from oscine.engines.band.synth.oscillator import Cut

_COARSE = 32768
_SHORTEST_RELEASE = -7200
"""Timecents, 16 ms: a shorter one clicks."""
_ATTENUATION_SHARE = 0.4
"""Of a font's attenuation counts: so it was on the sound cards that fonts were, and still are, balanced for."""
_CUTOFF_GRAIN = 100
"""Cents; so nearly equal velocities share one tone."""


@dataclass(frozen=True, slots=True)
class ToneSpec:
    """All that decides how a layer sounds, but for how loud it is and how long it is held."""

    cut: Cut
    step: float
    """Frames of the sample for each frame of the output."""
    cutoff_cents: float
    resonance_db: float
    mod_envelope: Envelope
    mod_to_pitch_cents: float
    mod_to_cutoff_cents: float
    mod_lfo: Lfo
    lfo_to_pitch_cents: float
    lfo_to_cutoff_cents: float
    lfo_to_volume_db: float
    vibrato: Lfo
    vibrato_cents: float
    wheel_cents: float
    """More vibrato with the modulation wheel all the way up."""


@dataclass(frozen=True, slots=True)
class Patch:
    tone: ToneSpec
    gain: float
    volume: Envelope
    pan: float
    """−500 left to 500 right."""
    reverb: float
    """0–1, as `chorus`: by how much more than its part this layer sends there."""
    chorus: float
    exclusive_class: int
    """A note of the same class, unless 0, silences this one."""


def make_patch(layer: Layer, key: int, velocity: int, controller: Callable[[int], int], rate: int) -> Patch:
    """controller: where each of them stood when the key went down. rate: of the output, hertz."""
    given = layer.generators
    key = given[G.FIXED_KEY] if 0 <= given[G.FIXED_KEY] < 128 else key
    velocity = given[G.FIXED_VELOCITY] if 0 < given[G.FIXED_VELOCITY] < 128 else velocity
    values = sum_up(layer, key, velocity, controller)

    def value(generator: G) -> float:
        amount = values.get(generator, DEFAULTS.get(generator, 0))
        low, high = LIMITS[generator]
        return min(max(amount, low), high)

    def seconds(generator: G, by_key: G | None = None, least: float = -12000) -> float:
        cents = value(generator) + (value(by_key) * (60 - key) if by_key else 0)
        return float(2 ** (min(max(cents, least), 8000) / 1200))

    wheel = wheel_depth(layer, G.VIBRATO_LFO_TO_PITCH)
    tone = ToneSpec(
        cut=_cut(layer),
        step=_step(layer, key, value, rate),
        cutoff_cents=value(G.CUTOFF) // _CUTOFF_GRAIN * _CUTOFF_GRAIN,
        resonance_db=value(G.RESONANCE) / 10,
        mod_envelope=Envelope(
            seconds(G.MOD_DELAY),
            seconds(G.MOD_ATTACK),
            seconds(G.MOD_HOLD, G.KEY_TO_MOD_HOLD),
            seconds(G.MOD_DECAY, G.KEY_TO_MOD_DECAY),
            value(G.MOD_SUSTAIN) / 1000,
            seconds(G.MOD_RELEASE),
        ),
        mod_to_pitch_cents=value(G.MOD_ENVELOPE_TO_PITCH),
        mod_to_cutoff_cents=value(G.MOD_ENVELOPE_TO_CUTOFF),
        mod_lfo=Lfo(seconds(G.MOD_LFO_DELAY), _hertz(value(G.MOD_LFO_FREQUENCY))),
        lfo_to_pitch_cents=value(G.MOD_LFO_TO_PITCH),
        lfo_to_cutoff_cents=value(G.MOD_LFO_TO_CUTOFF),
        lfo_to_volume_db=value(G.MOD_LFO_TO_VOLUME) / 10,
        vibrato=Lfo(seconds(G.VIBRATO_LFO_DELAY), _hertz(value(G.VIBRATO_LFO_FREQUENCY))),
        vibrato_cents=value(G.VIBRATO_LFO_TO_PITCH),
        wheel_cents=wheel,
    )
    volume = Envelope(
        seconds(G.VOLUME_DELAY),
        seconds(G.VOLUME_ATTACK),
        seconds(G.VOLUME_HOLD, G.KEY_TO_VOLUME_HOLD),
        seconds(G.VOLUME_DECAY, G.KEY_TO_VOLUME_DECAY),
        value(G.VOLUME_SUSTAIN) / 10,
        seconds(G.VOLUME_RELEASE, least=_SHORTEST_RELEASE),
    )
    written = min(max(given.get(G.ATTENUATION, 0), 0), 1440)
    by_hand = values.get(G.ATTENUATION, 0) - given.get(G.ATTENUATION, 0)
    attenuation = max(written * _ATTENUATION_SHARE + by_hand, 0)
    return Patch(
        tone,
        10 ** (-attenuation / 200),
        volume,
        value(G.PAN),
        value(G.REVERB) / 1000,
        value(G.CHORUS) / 1000,
        given.get(G.EXCLUSIVE_CLASS, 0),
    )


def _hertz(cents: float) -> float:
    return float(8.176 * 2 ** (cents / 1200))


def _step(layer: Layer, key: int, value: Callable[[G], float], rate: int) -> float:
    sample, given = layer.sample, layer.generators
    root = given[G.ROOT_KEY] if 0 <= given[G.ROOT_KEY] < 128 else sample.root_key
    cents = (key - root) * value(G.SCALE_TUNING) + value(G.COARSE_TUNE) * 100 + value(G.FINE_TUNE)
    return float(sample.rate / rate * 2 ** ((cents + sample.correction_cents) / 1200))


def _cut(layer: Layer) -> Cut:
    """The sample's places moved by the offsets, but never out of the sample that the font says it is."""
    sample, given = layer.sample, layer.generators

    def moved(place: int, fine: G, coarse: G) -> int:
        place += given.get(fine, 0) + _COARSE * given.get(coarse, 0)
        return min(max(place, sample.start), sample.end)

    mode = given.get(G.LOOP_MODE, 0) & 3
    loop_start = moved(sample.loop_start, G.LOOP_START_OFFSET, G.LOOP_START_OFFSET_COARSE)
    loop_end = moved(sample.loop_end, G.LOOP_END_OFFSET, G.LOOP_END_OFFSET_COARSE)
    start = moved(sample.start, G.START_OFFSET, G.START_OFFSET_COARSE)
    end = max(start, moved(sample.end, G.END_OFFSET, G.END_OFFSET_COARSE))
    return Cut(start, end, loop_start, loop_end if mode in {1, 3} else loop_start, mode == 3)
