# SPDX-License-Identifier: GPL-3.0-or-later
"""What is cut, what stays, and that the caller learns how much."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscine.audio.silence import SilenceTrimmer, silence
from oscine.domain.audio import Samples

RATE = 22050
NOTHING = np.zeros(0, np.float32)


def tone(seconds: float, level_db: float = -12.0, hz: float = 330.0) -> Samples:
    frames = np.arange(round(seconds * RATE))
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * hz * frames / RATE)).astype(np.float32)


def trim(whole: Samples, piece: int | None = None) -> tuple[Samples, float]:
    trimmer = SilenceTrimmer(RATE)
    step = piece or max(len(whole), 1)
    pieces = [trimmer.process(whole[i : i + step]) for i in range(0, len(whole), step)]
    return np.concatenate([*pieces, trimmer.finish()]), trimmer.lead_s


def test_silence_lasts_as_long_as_asked() -> None:
    assert len(silence(0.35, RATE)) == round(0.35 * RATE)
    assert silence(0.35, RATE).dtype == np.float32
    assert len(silence(0.0, RATE)) == 0


def test_both_ends_are_cut_and_the_sound_is_not() -> None:
    sound = tone(0.3)
    trimmed, lead_s = trim(np.concatenate((silence(0.2, RATE), sound, silence(0.4, RATE))))
    assert 0.185 <= lead_s <= 0.2
    start = round((0.2 - lead_s) * RATE)
    assert np.array_equal(trimmed[start : start + len(sound)], sound)
    assert len(sound) + start <= len(trimmed) <= len(sound) + start + 0.03 * RATE


def test_lead_tells_where_the_sound_was() -> None:
    """A mark at t in the given samples belongs at t − lead_s in the result."""
    whole = np.concatenate((silence(0.123, RATE), tone(0.2), silence(0.1, RATE)))
    trimmed, lead_s = trim(whole)
    dropped = round(lead_s * RATE)
    assert np.array_equal(trimmed[100:4000], whole[dropped + 100 : dropped + 4000])


def test_silence_inside_stays() -> None:
    sound = tone(0.1)
    whole = np.concatenate((sound, silence(1.0, RATE), sound))
    trimmed, lead_s = trim(whole)
    assert lead_s == 0
    assert len(trimmed) == len(whole)
    assert np.array_equal(trimmed[:-200], whole[:-200])


def test_sound_from_the_first_sample_on_is_not_touched() -> None:
    whole = tone(0.2, hz=1000)
    trimmed, lead_s = trim(whole)
    assert (lead_s, len(trimmed)) == (0, len(whole))
    assert np.array_equal(trimmed[:-120], whole[:-120])


def test_an_abrupt_end_is_faded() -> None:
    whole = np.full(RATE // 10, 0.5, np.float32)
    trimmed, _ = trim(whole)
    assert len(trimmed) == len(whole)
    assert trimmed[-1] == 0
    assert np.abs(np.diff(trimmed)).max() < 0.01


def test_a_faint_end_is_kept_and_faded() -> None:
    """20 ms after the last block over the threshold remain of what went on under it."""
    whole = np.concatenate((tone(0.2), tone(0.5, level_db=-60)))
    trimmed, _ = trim(whole)
    assert 0.2 * RATE + 0.015 * RATE < len(trimmed) < 0.2 * RATE + 0.03 * RATE
    assert abs(trimmed[-1]) < 1e-6


@pytest.mark.parametrize(("level_db", "is_kept"), [(-48, True), (-58, False)])
def test_threshold_is_near_minus_55_dbfs(level_db: float, is_kept: bool) -> None:
    """Levels of the sine's peak; its mean is 3 dB lower."""
    trimmed, lead_s = trim(tone(0.3, level_db=level_db))
    assert (len(trimmed) > 0) == is_kept
    assert (lead_s == 0) == is_kept


def test_steady_noise_under_the_threshold_is_silence() -> None:
    hiss = (10 ** (-62 / 20) * np.random.default_rng(0).standard_normal(RATE)).astype(np.float32)
    trimmed, lead_s = trim(np.concatenate((hiss, tone(0.1) + hiss[:2205], hiss)))
    assert lead_s == pytest.approx(0.99, abs=0.011)
    assert len(trimmed) < 0.14 * RATE


def test_nothing_but_silence_gives_nothing() -> None:
    trimmed, lead_s = trim(silence(0.5, RATE))
    assert len(trimmed) == 0
    assert lead_s == pytest.approx(0.5, abs=1 / RATE)
    assert len(trim(NOTHING)[0]) == 0


def test_sound_shorter_than_a_block_is_heard() -> None:
    trimmed, _ = trim(np.concatenate((silence(0.1, RATE), tone(0.003))))
    assert np.abs(trimmed).max() > 0.05


def test_nothing_is_held_back_for_long() -> None:
    trimmer = SilenceTrimmer(RATE)
    whole, made = tone(1.0), 0
    for start in range(0, len(whole), 100):
        made += len(trimmer.process(whole[start : start + 100]))
        assert start + 100 - made <= 0.01 * RATE + 1


spans = st.lists(st.tuples(st.floats(0, 0.05), st.sampled_from([0.0, 1e-4, 0.01, 0.5])), max_size=6)


@given(spans, st.integers(1, 400))
@settings(max_examples=150, deadline=None)
def test_cuts_make_no_difference(parts: list[tuple[float, float]], piece: int) -> None:
    noise = np.random.default_rng(0)
    whole = np.concatenate([NOTHING, *(level * noise.uniform(-1, 1, round(s * RATE)) for s, level in parts)])
    whole = whole.astype(np.float32)
    at_once, lead_at_once = trim(whole)
    in_pieces, lead_in_pieces = trim(whole, piece)
    assert lead_in_pieces == lead_at_once
    assert np.array_equal(in_pieces, at_once)
    assert len(at_once) <= len(whole) - round(lead_at_once * RATE)
    loud = np.flatnonzero(np.abs(whole) > 0.1)
    if loud.size:
        assert round(lead_at_once * RATE) <= loud[0]
        assert round(lead_at_once * RATE) + len(at_once) > loud[-1]


def test_long_silence_inside_in_tiny_pieces() -> None:
    """What is held is joined once, when sound comes again: a copy for every piece would take minutes here."""
    trimmer = SilenceTrimmer(RATE)
    made = len(trimmer.process(tone(0.1)))
    for _ in range(20_000):
        made += len(trimmer.process(np.zeros(110, np.float32)))
    made += len(trimmer.process(tone(0.1))) + len(trimmer.finish())
    assert made == 20_000 * 110 + 2 * len(tone(0.1))
