# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.audio.bed import Bed, front_s
from oscine.domain.audio import Samples

RATE = 24000


def noise(seconds: float, level: float = 0.1, seed: int = 1) -> Samples:
    return (level * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def rms_db(samples: Samples) -> float:
    return float(10 * np.log10(np.square(samples.astype(float)).mean()))


def bang(seconds: float = 3.0) -> Samples:
    falling = np.exp(-np.arange(round(seconds * RATE)) / RATE / 0.15)
    return (noise(seconds, 0.3) * falling).astype(np.float32)


@pytest.mark.parametrize(
    ("sound", "low_s", "high_s"),
    [
        (bang(), 0.3, 0.5),  # its long end is not waited for
        (np.concatenate((bang(1.0), bang(1.0))), 1.1, 1.5),  # two bangs are
        (noise(2.0), 1.9, 2.0),
        (noise(6.0), 1.6, 1.6),
        (noise(0.1), 0.1, 0.1),
        (np.zeros(RATE, np.float32), 0, 0),
        (np.zeros(0, np.float32), 0, 0),
    ],
)
def test_short_sounds_are_waited_for_and_long_ones_are_not(sound: Samples, low_s: float, high_s: float) -> None:
    assert low_s <= front_s(sound, RATE) <= high_s


def test_without_a_sound_nothing_is_touched() -> None:
    samples = noise(0.5)
    assert Bed(RATE).under(samples) is samples
    assert not len(Bed(RATE).rest())


def test_a_sound_is_in_front_then_under_the_words() -> None:
    bed = Bed(RATE)
    seconds = bed.lay(noise(6.0), is_last=False)
    front = bed.under(np.zeros(round(seconds * RATE), np.float32))
    under = bed.under(np.zeros(2 * RATE, np.float32))[RATE:]
    assert rms_db(front) == pytest.approx(-21, abs=0.5)
    assert rms_db(under) == pytest.approx(-35, abs=0.5)


def test_the_last_sound_stays_in_front_to_its_end() -> None:
    bed = Bed(RATE)
    assert bed.lay(noise(6.0), is_last=True) == 6.0
    heard = bed.under(np.zeros(6 * RATE, np.float32))
    assert rms_db(heard[-RATE:]) == pytest.approx(-21, abs=0.5)
    assert not len(bed.rest())


def test_what_outlasts_the_words_fades() -> None:
    bed = Bed(RATE)
    bed.lay(noise(8.0), is_last=False)
    bed.under(np.zeros(2 * RATE, np.float32))
    rest = bed.rest()
    assert len(rest) == 1.5 * RATE
    assert np.abs(rest[-10:]).max() < 1e-4
    assert rms_db(rest[: RATE // 10]) > rms_db(rest[-RATE // 2 :]) + 6
    assert not len(bed.rest())


def test_sounds_that_overlap_are_added_and_never_exceed_full_scale() -> None:
    bed = Bed(RATE)
    for _ in range(12):
        bed.lay(noise(3.0, 0.3), is_last=True)
    heard = bed.under(noise(3.0, 0.3))
    assert rms_db(heard) > -6
    assert np.abs(heard).max() <= 1


def test_the_result_does_not_depend_on_the_cuts() -> None:
    speech = noise(4.0, seed=2)
    wholes = []
    for size in (len(speech), 999):
        bed = Bed(RATE)
        bed.lay(noise(3.0), is_last=False)
        wholes.append(np.concatenate([bed.under(speech[i : i + size]) for i in range(0, len(speech), size)]))
    assert np.array_equal(wholes[0], wholes[1])


def test_it_goes_on_at_another_rate() -> None:
    bed = Bed(RATE)
    bed.lay(noise(4.0), is_last=True)
    moved = bed.at(16000)
    heard = moved.under(np.zeros(5 * 16000, np.float32))
    assert np.abs(heard[: 4 * 16000]).max() > 0.1
    assert not heard[4 * 16000 :].any()
