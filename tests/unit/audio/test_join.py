# SPDX-License-Identifier: GPL-3.0-or-later
"""No step where two sounds meet."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.audio.join import fade_in, fade_out, splice

RATE = 22050
ONES = np.ones(1000, np.float32)
LARGEST_STEP = np.pi / 2 / round(0.004 * RATE) + 1e-6
"""Slope of a raised cosine from 0 to 1 in 4 ms."""


def test_fade_in_rises_from_silence_and_leaves_the_rest() -> None:
    faded = fade_in(ONES, RATE)
    assert faded[0] == 0
    assert (np.diff(faded) >= 0).all()
    assert np.abs(np.diff(faded)).max() <= LARGEST_STEP
    assert (faded[round(0.004 * RATE) :] == 1).all()


def test_fade_out_is_its_mirror() -> None:
    assert np.array_equal(fade_out(ONES, RATE), fade_in(ONES, RATE)[::-1])


@pytest.mark.parametrize("frames", [0, 1, 2, 50])
def test_shorter_than_the_fade(frames: int) -> None:
    faded = fade_out(ONES[:frames], RATE)
    assert len(faded) == frames
    if frames:
        assert faded[-1] == 0
        assert fade_in(ONES[:frames], RATE)[0] == 0


def test_fade_of_nothing_changes_nothing() -> None:
    assert np.array_equal(fade_in(ONES, RATE, 0.0), ONES)


@pytest.mark.parametrize("previous", [-0.8, 0.0, 0.3, 1.0])
def test_splice_goes_on_where_the_sound_broke_off(previous: float) -> None:
    phase = 2 * np.pi * 200 * np.arange(2000) / RATE + 1.0
    new = (0.5 * np.sin(phase)).astype(np.float32)
    spliced = splice(previous, new)
    assert spliced[0] == pytest.approx(previous, abs=1e-6)
    largest = np.abs(np.diff(new)).max() + 1.3 * np.pi / 2 / 128
    assert np.abs(np.diff(np.concatenate(([previous], spliced)))).max() < largest
    assert np.array_equal(spliced[128:], new[128:])


def test_splice_without_a_step_changes_nothing() -> None:
    assert np.array_equal(splice(1.0, ONES), ONES)


def test_splice_onto_little_or_nothing() -> None:
    assert len(splice(0.5, ONES[:0])) == 0
    assert splice(0.5, ONES[:1]).tolist() == [0.5]
    assert splice(0.0, ONES[:4])[-1] < 1


@pytest.mark.parametrize("change", [lambda s: fade_in(s, RATE), lambda s: fade_out(s, RATE), lambda s: splice(0.0, s)])
def test_the_given_array_is_left_alone(change) -> None:  # type: ignore[no-untyped-def]
    given = np.frombuffer(ONES.tobytes(), np.float32)
    assert change(given) is not given
    assert (given == 1).all()
