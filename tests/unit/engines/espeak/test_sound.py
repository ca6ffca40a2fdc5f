# SPDX-License-Identifier: GPL-3.0-or-later
"""Timbres and settings as espeak takes them, and samples as we give them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from oscine.domain.speech import Boundary, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak.sound import Finish, Variant, describe_speaker, limit, manner, read_variant

PLAIN = Timbre("klatt4", 120.0)
KLATT4 = read_variant("klatt4")


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("klatt1", Variant(1, 2, "en-us")),
        ("en-gb+klatt4", Variant(4, 2, "en-gb")),
        ("en-gb-scotland+klatt5+flutter8", Variant(5, 8, "en-gb-scotland")),
    ],
)
def test_variants(text: str, variant: Variant) -> None:
    assert read_variant(text) == variant


@pytest.mark.parametrize("text", ["", "klatt9", "klatt", "Annie", "klatt4+loud", "flutter"])
def test_an_unknown_variant_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(ValueError, match="neither klatt"):
        read_variant(text)


def test_defaults_leave_pitch_and_pace_alone() -> None:
    how = manner(PLAIN, KLATT4, VoiceSettings(), Boundary.EDGE)
    assert (how.rate, how.pitch, how.range) == (160, 50, 50)


def test_speed_and_rate_multiply_within_what_espeak_takes() -> None:
    def rate(factor: float, speed: float) -> int:
        return manner(replace(PLAIN, rate=factor), KLATT4, VoiceSettings(speed=speed), Boundary.EDGE).rate

    assert rate(1.1, 1.2) == 211
    assert rate(0.8, 0.5) == 80
    assert rate(2.0, 2.0) == 450


def test_less_stability_and_more_style_move_the_pitch_more() -> None:
    def swing(stability: float, style: float = 0.0) -> int:
        return manner(PLAIN, KLATT4, VoiceSettings(stability=stability, style=style), Boundary.EDGE).range

    assert swing(1.0) < swing(0.5) < swing(0.0) < swing(0.0, 1.0) <= 99


def test_what_goes_on_starts_lower() -> None:
    assert manner(PLAIN, KLATT4, VoiceSettings(), Boundary.CUT).pitch < 50
    assert manner(PLAIN, KLATT4, VoiceSettings(), Boundary.SENTENCE).pitch == 50


def test_speakers_are_described_for_espeak() -> None:
    lines = describe_speaker(replace(PLAIN, formants=1.1, breath=0.5), read_variant("klatt3+flutter6")).splitlines()
    assert "klatt 3" in lines
    assert "flutter 6" in lines
    assert "formant 1 110 100 150 0" in lines
    assert "formant 2 110 100 100 0" in lines


def test_formants_stay_moderate() -> None:
    """Big factors cost intelligibility (reference/engines.md §3)."""
    assert "formant 2 120 100 100 0" in describe_speaker(replace(PLAIN, formants=2.0), KLATT4)


def test_seeds_differ_a_little_and_agree_with_themselves() -> None:
    descriptions = {describe_speaker(PLAIN, KLATT4, seed) for seed in range(20)}
    assert len(descriptions) == 20
    assert describe_speaker(PLAIN, KLATT4, 3) == describe_speaker(PLAIN, KLATT4, 3)
    assert describe_speaker(PLAIN, KLATT4, None) not in descriptions


def test_gain_is_exact_below_the_knee() -> None:
    samples = np.array([0, 8192, -8192], np.int16)
    assert np.allclose(Finish(replace(PLAIN, gain_db=6.0206)).apply(samples), [0, 0.5, -0.5], atol=1e-5)


def test_nothing_leaves_the_limiter_above_minus_one_decibel() -> None:
    loud = (32767 * np.sin(np.arange(5000) / 9)).astype(np.int16)
    out = Finish(replace(PLAIN, gain_db=20.0, tilt=1.0, breath=1.0)).apply(loud)
    assert out.dtype == np.float32
    assert np.abs(out).max() < 10 ** (-1 / 20)


def test_the_limit_leaves_what_is_quiet_and_bends_the_rest_in_order() -> None:
    quiet = np.array([0.5, -0.6], np.float32)
    assert limit(quiet.copy()).tolist() == quiet.tolist()
    bent = limit(np.array([0.69, 0.75, 0.8, 1.0], np.float32))
    assert (np.diff(bent) > 0).all()
    assert bent.max() < 0.886


@pytest.mark.parametrize("timbre", [PLAIN, replace(PLAIN, tilt=0.4), replace(PLAIN, tilt=-0.5, gain_db=3.0)])
def test_pieces_join_without_a_seam(timbre: Timbre) -> None:
    samples = (9000 * np.sin(np.arange(4000) / 13)).astype(np.int16)
    whole = Finish(timbre).apply(samples)
    finish = Finish(timbre)
    pieces = [finish.apply(piece) for piece in np.split(samples, [1, 70, 71, 2000, 2000])]
    assert np.array_equal(np.concatenate(pieces), whole)


def spectrum_ratio(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    power = np.abs(np.fft.rfft(samples)) ** 2
    return float(power[len(power) // 2 :].sum() / power.sum())


def test_tilt_is_brighter_or_darker() -> None:
    noise = (3000 * np.random.default_rng(0).standard_normal(8000)).astype(np.int16)
    dark, plain, bright = (spectrum_ratio(Finish(replace(PLAIN, tilt=tilt)).apply(noise)) for tilt in (-0.8, 0.0, 0.8))
    assert dark < 0.8 * plain < plain < 1.2 * plain < bright


def test_breath_follows_the_voice_and_is_the_same_every_time() -> None:
    tone = (9000 * np.sin(np.arange(6400) / 20)).astype(np.int16)
    tone[3200:] = 0
    airy = replace(PLAIN, breath=0.5)
    out = Finish(airy).apply(tone)
    assert spectrum_ratio(out[:3200]) > 100 * spectrum_ratio(Finish(PLAIN).apply(tone)[:3200])
    assert not out[3264:].any()
    assert np.array_equal(out, Finish(airy).apply(tone))
