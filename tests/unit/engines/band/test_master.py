# SPDX-License-Identifier: GPL-3.0-or-later
"""Loudness and peaks of finished pieces. Source of the measures: ITU-R BS.1770-4."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Note, Part, Score, Stereo
from oscine.engines.band.equaliser import equalise
from oscine.engines.band.forecast import foresee
from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.limiter import CEILING_DBTP, Limiter
from oscine.engines.band.loudness import block_powers
from oscine.engines.band.master import TARGET_LUFS, master
from oscine.engines.band.soundfont import read_font
from oscine.engines.band.synth.synth import Synth
from tests.unit.engines.band.fontmaker import MadeZone, make_font

RATE = 44100


def true_peak_db(sound: Stereo) -> float:
    return float(20 * np.log10(np.abs(resample_poly(sound, 8, 1, axis=1)).max()))


def noise(seconds: float, seed: int = 1) -> Stereo:
    return np.random.default_rng(seed).standard_normal((2, round(seconds * RATE))).astype(np.float32)


def limit(sound: Stereo, size: int) -> Stereo:
    limiter = Limiter(RATE)
    blocks = [limiter.push(sound[:, at : at + size]) for at in range(0, sound.shape[1], size)]
    return np.concatenate([*blocks, limiter.flush()], axis=1)


def test_no_true_peak_is_above_the_ceiling() -> None:
    bursts = noise(2) * np.where(np.arange(2 * RATE) // 4000 % 2, 1.5, 0.02).astype(np.float32)
    quarter = np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4).astype(np.float32)  # its peaks lie between the samples
    sounds: list[Stereo] = [bursts, np.stack([quarter, quarter]), np.stack([0.3 * quarter, 0.9 * quarter])]
    for sound in sounds:
        assert true_peak_db(limit(sound, 22050)) <= CEILING_DBTP


def test_what_is_soft_passes_bit_by_bit_and_in_step() -> None:
    sound = 0.05 * noise(1)
    assert np.array_equal(limit(sound, 5000), sound)


def test_the_size_of_blocks_is_not_heard() -> None:
    sound = 0.5 * noise(1)
    assert np.allclose(limit(sound, 22050), limit(sound, 777), atol=1e-5)


@pytest.mark.parametrize("frames", [0, 1, 31, 500])
def test_short_pieces_come_out_as_long_as_they_are(frames: int) -> None:
    assert limit(noise(1)[:, :frames], 400).shape == (2, frames)


def test_limiting_is_smooth() -> None:
    """A sine far too loud: no step in the gain, so nothing but the sine and what is near it."""
    sine = 2 * np.sin(2 * np.pi * 500 / RATE * np.arange(RATE)).astype(np.float32)
    limited = limit(np.stack([sine, sine]), 22050)[0, 2000:-2000]
    spectrum = np.abs(np.fft.rfft(limited * np.hanning(len(limited))))
    hertz = np.fft.rfftfreq(len(limited), 1 / RATE)
    assert spectrum[hertz > 4000].max() < 1e-4 * spectrum.max()


def piece(seconds: float, velocity: int = 100) -> Score:
    low = tuple(Note(beat * 0.5, 0.4, 48 + beat % 5, velocity) for beat in range(int(seconds * 2)))
    hits = tuple(Note(beat * 1.0, 0.2, 72, min(velocity + 20, 127)) for beat in range(int(seconds)))
    return Score((Part("low", 0, False, low), Part("hits", 0, False, hits)), seconds, 120, "C major", (4, 4))


def finish(synth: Synth, score: Score) -> Stereo:
    mix = equalise(synth.render(score), synth.rate)
    return np.concatenate(list(master(mix, synth.rate, foresee(synth, score, TARGET_LUFS))), axis=1)


@pytest.mark.parametrize(("seconds", "velocity"), [(3, 100), (12, 30), (40, 90)])
def test_pieces_reach_their_loudness(seconds: float, velocity: int) -> None:
    synth = Synth(read_font(make_font([MadeZone({Gen.LOOP_MODE: 1, Gen.VOLUME_RELEASE: 0})])), RATE)
    score = piece(seconds, velocity)
    done = np.concatenate(
        list(master(equalise(synth.render(score), RATE), RATE, foresee(synth, score, TARGET_LUFS))), axis=1
    )
    assert done.shape[1] == round(seconds * RATE)
    assert integrate_lufs(block_powers(done, RATE)) == pytest.approx(TARGET_LUFS, abs=1)
    assert true_peak_db(done) <= CEILING_DBTP


def test_silence_stays_silent() -> None:
    synth = Synth(read_font(make_font()), RATE)
    assert foresee(synth, Score((), 2, 120, "C major", (4, 4)), TARGET_LUFS).gain_db == 0


def test_long_notes_are_heard_midway_not_struck_again() -> None:
    """Notes of 8 s that lose 50 dB: measured as if struck in each passage, they would seem far louder than they are."""
    fading: dict[int, int] = {Gen.LOOP_MODE: 1, Gen.VOLUME_DECAY: 4800, Gen.VOLUME_SUSTAIN: 1000}
    synth = Synth(read_font(make_font([MadeZone(fading)])), 22050)
    notes = tuple(Note(at, 7.9, 60, 90) for at in range(0, 64, 8))
    score = Score((Part("part", 0, False, notes, reverb=0),), 64, 120, "C major", (4, 4))
    done = np.concatenate(
        list(master(equalise(synth.render(score), 22050), 22050, foresee(synth, score, TARGET_LUFS))), axis=1
    )
    assert integrate_lufs(block_powers(done, 22050)) == pytest.approx(TARGET_LUFS, abs=2.5)
