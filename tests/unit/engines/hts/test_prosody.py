# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts.prosody import Prosody, vary_lengths, wander

LENGTHS = np.array([[2.0, 4.0], [5.0, 10.0], [1.0, 2.0]])


def prosody(stability: float = 1.0, style: float = 0.0) -> Prosody:
    return Prosody.of(Timbre("slt", 175.0), VoiceSettings(stability=stability, style=style), 1.0)


def test_a_stable_rendering_leaves_nothing_to_chance() -> None:
    chance = np.random.default_rng(1)
    np.testing.assert_allclose(vary_lengths(LENGTHS, prosody(), chance), LENGTHS)
    assert not wander(50, np.array([10.0, 30.0]), prosody(), chance).any()


def test_chance_grows_as_stability_falls() -> None:
    def spread(stability: float) -> tuple[float, float]:
        """Of a phrase's length, and of its courses."""
        draws = [np.random.default_rng(seed) for seed in range(40)]
        lengths = [np.log(vary_lengths(LENGTHS, prosody(stability), chance).sum()) for chance in draws]
        courses = [wander(50, np.array([10.0, 30.0]), prosody(stability), chance) for chance in draws]
        return float(np.std(lengths)), float(np.std(courses))

    (half_length, half_course), (length, course) = spread(0.5), spread(0.0)
    assert length == pytest.approx(2 * half_length, rel=0.1)
    assert course == pytest.approx(2 * half_course, rel=0.1)


def test_pitch_and_amplitude_move_on_their_own_without_steps() -> None:
    course = wander(200, np.array([20.0, 90.0, 160.0]), prosody(0.0), np.random.default_rng(3))
    assert course.shape == (200, 2)
    assert (course.std(axis=0) > 0.005).all()
    assert np.abs(np.diff(course, axis=0)).max() < 0.01
    assert not np.allclose(course[:, 1], course[:, 0] * course[0, 1] / course[0, 0])


def test_style_makes_long_phones_longer_and_short_ones_shorter_in_the_same_time() -> None:
    styled = vary_lengths(LENGTHS, prosody(style=1.0), np.random.default_rng(1))
    assert styled.sum() == pytest.approx(LENGTHS.sum())
    longer = np.divide(styled, LENGTHS)[:, 0]
    assert longer[2] < longer[0] < longer[1]
