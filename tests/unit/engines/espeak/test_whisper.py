# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from oscine.engines.espeak.whisper import Whisper

RATE = 22050


def whisper(samples: np.ndarray, cuts: list[int], share: float = 1.0) -> np.ndarray:
    machine = Whisper(share, 120, RATE, 1)
    return np.concatenate([*(machine.apply(part) for part in np.split(samples, cuts)), machine.finish()])


@pytest.mark.parametrize("count", [0, 1, 127, 128, 129, 384, 511, 5000])
def test_as_many_samples_out_as_in_however_they_are_cut(count: int) -> None:
    samples = np.sin(np.arange(count) / 9).astype(np.float32)
    whole = whisper(samples, [])
    assert len(whole) == count
    for cuts in ([count // 2], list(range(0, count, 100))):
        np.testing.assert_allclose(whisper(samples, cuts), whole, atol=1e-6)


def test_noise_is_where_the_sound_was() -> None:
    samples = np.zeros(3 * RATE // 10, np.float32)
    samples[RATE // 10 : 2 * RATE // 10] = 0.3 * np.sin(np.arange(RATE // 10))
    out = whisper(samples, [])
    inside, outside = out[RATE // 10 : 2 * RATE // 10], out[: RATE // 10 - 512]
    assert np.sqrt(np.mean(inside**2)) > 20 * np.sqrt(np.mean(outside**2))


def test_no_share_is_the_voice_itself() -> None:
    samples = np.sin(np.arange(4000) / 9).astype(np.float32)
    np.testing.assert_allclose(whisper(samples, [1000], share=0.0), samples, atol=1e-6)
