# SPDX-License-Identifier: GPL-3.0-or-later
"""Modulators: SoundFont technical specification 2.04, §8.2 and §8.4."""

import pytest

from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.soundfont import Layer, Modulator, Sample
from oscine.engines.band.synth.modulators import sum_up, wheel_depth

SAMPLE = Sample("sample", 0, 100, 0, 100, 48000, 60, 0)
KEY, VELOCITY, BREATH = 3, 2, 0x80 | 2
NEGATIVE, BIPOLAR, CONCAVE, CONVEX, SWITCH = 0x100, 0x200, 1 << 10, 2 << 10, 3 << 10


def change(source: int, *, scale: int = 0, key: int = 64, velocity: int = 64, controller: int = 0) -> float:
    """What a modulator of 1000 adds to the pan."""
    layer = Layer(SAMPLE, {}, (Modulator(source, Gen.PAN, 1000, scale, 0),), ())
    return sum_up(layer, key, velocity, lambda _number: controller).get(Gen.PAN, 0)


@pytest.mark.parametrize(
    ("source", "velocity", "expected"),
    [
        (VELOCITY, 127, 1000),
        (VELOCITY, 0, 0),
        (VELOCITY | NEGATIVE, 127, 0),
        (VELOCITY | BIPOLAR, 0, -1000),
        (VELOCITY | BIPOLAR | NEGATIVE, 0, 1000),
        (VELOCITY | SWITCH, 63, 0),
        (VELOCITY | SWITCH, 64, 1000),
        (VELOCITY | SWITCH | BIPOLAR, 63, -1000),
        (VELOCITY | CONCAVE, 127, 1000),
        (VELOCITY | CONCAVE, 0, 0),
        (VELOCITY | CONCAVE, 64, 125),
        (VELOCITY | CONVEX, 64, 876),
        (VELOCITY | CONVEX, 127, 1000),
    ],
)
def test_shapes_of_sources(source: int, velocity: int, expected: float) -> None:
    assert change(source, velocity=velocity) == pytest.approx(expected, abs=2)


def test_keys_and_controllers_are_sources_and_scale_one_another() -> None:
    assert change(KEY, key=127) == pytest.approx(1000)
    assert change(BREATH, controller=127) == pytest.approx(1000)
    assert change(KEY, key=127, scale=BREATH, controller=0) == 0
    assert change(0) == pytest.approx(1000)  # no source: always all of it


def test_the_instrument_takes_the_place_of_a_default_and_the_preset_adds() -> None:
    quiet = Modulator(0x0502, Gen.ATTENUATION, 0, 0, 0)
    more = Modulator(0x0502, Gen.ATTENUATION, 480, 0, 0)

    def attenuation(layer: Layer) -> float:
        return sum_up(layer, 60, 40, lambda _number: 0)[Gen.ATTENUATION]

    usual = attenuation(Layer(SAMPLE, {}, (), ()))
    assert usual == pytest.approx(200.7, abs=0.5)
    assert attenuation(Layer(SAMPLE, {}, (quiet,), ())) == 0
    assert attenuation(Layer(SAMPLE, {}, (), (more,))) == pytest.approx(1.5 * usual)


def test_a_font_says_how_deep_the_wheel_goes() -> None:
    wheel = Modulator(0x81, Gen.VIBRATO_LFO_TO_PITCH, 20, 0, 0)
    assert wheel_depth(Layer(SAMPLE, {}, (), ()), Gen.VIBRATO_LFO_TO_PITCH) == 50
    assert wheel_depth(Layer(SAMPLE, {}, (wheel,), ()), Gen.VIBRATO_LFO_TO_PITCH) == 20
