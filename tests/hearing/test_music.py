# SPDX-License-Identifier: GPL-3.0-or-later
"""What a listener would notice of music: that it is what the prompt says, as loud as it should be, and whole."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.signal import resample_poly

from bench.listening import are_kin, find_onsets, is_tempo, key_of, onset_strength, tempo_bpm
from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Score, Stereo
from oscine.domain.problems import EngineUnavailable
from oscine.engines.band import compose, read_brief
from oscine.engines.band.engine import BandEngine
from oscine.engines.band.loudness import block_powers

RATE = 44100
PIECES = {
    "techno": ("techno at 128 bpm in F# minor", 128, "F# minor"),
    "folk": ("folk with banjo at 100 bpm in D major", 100, "D major"),
    "piano": ("classical piano at 96 bpm in G major", 96, "G major"),
    "orchestra": ("orchestral at 90 bpm in C minor with harp", 90, "C minor"),
}


@cache
def engine() -> BandEngine:
    try:
        return BandEngine(rate=RATE)
    except EngineUnavailable as missing:
        pytest.skip(str(missing))


@cache
def play(prompt: str, length_s: float = 30.0) -> tuple[Score, tuple[Stereo, ...]]:
    score = compose(read_brief(prompt, 1), length_s, 1)
    return score, tuple(engine().play(score))


def sound_of(name: str) -> Stereo:
    return np.concatenate(play(PIECES[name][0])[1], axis=1)


@pytest.mark.parametrize("name", PIECES)
def test_pieces_are_as_long_and_as_loud_as_they_should_be(name: str) -> None:
    """−14 LUFS ± 0.5 from 30 s on, true peaks at most −1 dBTP; the length to the sample."""
    sound = sound_of(name)
    assert sound.shape == (2, 30 * RATE)
    assert integrate_lufs(block_powers(sound, RATE)) == pytest.approx(-14, abs=0.5)
    assert 20 * np.log10(np.abs(resample_poly(sound, 4, 1, axis=1)).max()) <= -1


@pytest.mark.parametrize("name", PIECES)
def test_tempo_and_key_are_heard(name: str) -> None:
    _, bpm, key = PIECES[name]
    sound = sound_of(name)
    assert is_tempo(tempo_bpm(sound, RATE), bpm)
    assert are_kin(key_of(sound, RATE), key)


@pytest.mark.parametrize("name", PIECES)
def test_nothing_clicks_where_blocks_meet(name: str) -> None:
    """The second difference, in which a step would stand out, is at the borders what it is everywhere."""
    blocks = play(PIECES[name][0])[1]
    bends = np.abs(np.diff(np.concatenate(blocks, axis=1), n=2, axis=1)).max(axis=0)
    borders = np.cumsum([block.shape[1] for block in blocks[:-1]])
    at_borders = np.array([bends[border - 3 : border + 2].max() for border in borders])
    elsewhere = np.lib.stride_tricks.sliding_window_view(bends, 5)[::997].max(axis=1)
    assert len(borders) > 50
    assert np.quantile(at_borders, 0.9) <= 1.5 * np.quantile(elsewhere, 0.95)
    assert np.median(at_borders) <= 2 * np.median(elsewhere)


@pytest.mark.parametrize("name", PIECES)
def test_endings_die_away(name: str) -> None:
    sound = sound_of(name).astype(float)
    levels = [np.sqrt(np.square(sound[:, -round(at * RATE) :][:, : RATE // 2]).mean()) for at in (3.0, 0.5)]
    assert levels[1] < 0.6 * levels[0]
    assert np.abs(sound[:, -20:]).max() < 0.003


def test_who_is_asked_for_plays() -> None:
    for name, player in (("folk", "banjo"), ("orchestra", "harp")):
        score = play(PIECES[name][0])[0]
        assert sum(len(part.notes) for part in score.parts if part.name.startswith(player)) >= 20


def test_genres_do_not_sound_alike() -> None:
    sounds = {name: sound_of(name) for name in PIECES}
    onsets = {name: len(find_onsets(onset_strength(sound, RATE))) / 30 for name, sound in sounds.items()}
    bass = {name: low_share(sound) for name, sound in sounds.items()}
    assert onsets["techno"] > 1.3 * onsets["folk"]
    assert bass["techno"] > 2 * max(bass["folk"], bass["piano"], bass["orchestra"])
    assert bass["piano"] < 0.5 * bass["folk"]


def low_share(sound: Stereo) -> float:
    """Of the power, what lies below 150 Hz."""
    power = np.square(np.abs(np.fft.rfft(sound.mean(axis=0))))
    return float(power[: round(150 * sound.shape[1] / RATE)].sum() / power.sum())


def test_a_loop_has_no_seam() -> None:
    sound = np.concatenate(play("8-second loop of ambient music", 8.0)[1], axis=1)
    assert sound.shape == (2, 8 * RATE)
    turn = np.concatenate((sound[:, -RATE // 4 :], sound[:, : RATE // 4]), axis=1)
    steps = np.abs(np.diff(turn, axis=1)).max(axis=0)
    seam = steps[RATE // 4 - 20 : RATE // 4 + 20].max()
    assert seam <= 1.2 * np.quantile(np.abs(np.diff(sound, axis=1)).max(axis=0), 0.999)
    before, after = (
        np.sqrt(np.square(sound[:, part]).mean()) for part in (slice(-RATE // 10, None), slice(RATE // 10))
    )
    assert before > 0.2 * after  # it does not fade


def test_the_shortest_piece_is_whole() -> None:
    sound = np.concatenate(play("jazz", 3.0)[1], axis=1)
    assert sound.shape == (2, 3 * RATE)
    assert integrate_lufs(block_powers(sound, RATE)) == pytest.approx(-14, abs=1.5)
