# SPDX-License-Identifier: GPL-3.0-or-later
"""Each voice setting at three values, as a listener would hear it: the effect grows with the setting.

The settings and their ranges: reference/api-facts.md §2.2.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from oscine.audio.loudness import loudness_lufs
from oscine.domain.alignment import Run
from oscine.domain.audio import Samples, find_format
from oscine.domain.speech import Boundary, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak import EspeakEngine
from oscine.engines.hts import HtsEngine
from oscine.pipeline.finish import Finisher
from oscine.text.utterance import Markup, prepare
from tests.hearing.measure import contrast_db, is_same, level_db, share_db, track_hz

TEXT = "The ferry leaves for the island at noon, and nobody minds the rain."
Engine = HtsEngine | EspeakEngine
SPEAKERS = {"hts": Timbre("bdl@en-gb", 110.0), "espeak": Timbre("klatt4", 120.0)}
SEEDS = range(6)


@pytest.fixture(params=SPEAKERS)
def engine(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


def perform(engine: Engine, seed: int | None = 1, **settings: Any) -> list[Take]:
    segment = Segment(TEXT, "en", 0, len(TEXT), (Run(0, len(TEXT), 0, len(TEXT)),), Boundary.EDGE, Boundary.EDGE)
    return list(engine.speak(segment, SPEAKERS[engine.card.id], VoiceSettings(**settings), seed))


@cache
def said(engine: Engine, seed: int = 1, **settings: Any) -> Samples:
    return np.concatenate([take.samples for take in perform(engine, seed, **settings)])


def log_f0(engine: Engine, samples: Samples) -> Any:
    return np.log(track_hz(samples, engine.card.rate))


def rises(values: Iterable[float], factor: float = 1.0, least: float = 0.0) -> bool:
    """Whether each is more than the one before, by a factor or by a difference."""
    return all(after > factor * before + least for before, after in pairwise(values))


def test_stability_narrows_what_differs_between_renderings(engine: Engine) -> None:
    def spreads(stability: float) -> Any:
        """Standard deviations over seeds of pitch, duration and level."""
        spoken = [said(engine, seed, stability=stability) for seed in SEEDS]
        return np.std([(log_f0(engine, s).mean(), np.log(len(s)), level_db(s)) for s in spoken], axis=0)

    lively, normal, stable = (spreads(stability) for stability in (0.0, 0.5, 1.0))
    for what, column in zip(("pitch", "duration", "level"), zip(stable, normal, lively, strict=True), strict=True):
        assert rises(column, factor=1.5), (what, column)


def test_stability_narrows_the_movement_within_a_rendering(engine: Engine) -> None:
    def movement(stability: float) -> float:
        return float(np.mean([log_f0(engine, said(engine, seed, stability=stability)).std() for seed in SEEDS]))

    assert rises(map(movement, (1.0, 0.5, 0.0)), factor=1.15)


def test_similarity_sharpens_formants(engine: Engine) -> None:
    assert rises((contrast_db(said(engine, similarity=s), engine.card.rate) for s in (0.0, 0.5, 1.0)), least=0.1)


def test_style_widens_pitch_and_quickens(engine: Engine) -> None:
    def movement(style: float) -> float:
        return float(np.mean([log_f0(engine, said(engine, seed, style=style)).std() for seed in SEEDS]))

    assert rises(map(movement, (0.0, 0.5, 1.0)), factor=1.08)
    spoken = [said(engine, style=style) for style in (0.0, 0.5, 1.0)]
    assert rises((-len(samples) for samples in spoken), least=0.02 * engine.card.rate)


def test_style_makes_rhythm_uneven(hts: HtsEngine) -> None:
    def unevenness(style: float) -> float:
        marks = [mark for take in perform(hts, style=style) for mark in take.marks]
        return float(np.std(np.log([mark.end_s - mark.start_s for mark in marks if mark.end_s > mark.start_s])))

    assert rises(map(unevenness, (0.0, 0.5, 1.0)), factor=1.05)


def test_a_boosted_speaker_has_presence(hts: HtsEngine) -> None:
    plain, boosted = (share_db(said(hts, speaker_boost=boost), 2000, 4000) for boost in (False, True))
    assert boosted > plain + 1.5


def test_speed_changes_time_and_not_pitch(engine: Engine) -> None:
    def spoken_s(speed: float) -> float:
        marks = [mark for take in perform(engine, speed=speed) for mark in take.marks]
        return marks[-1].end_s - marks[0].start_s

    for speed in (0.7, 1.2):
        assert spoken_s(speed) * speed == pytest.approx(spoken_s(1.0), rel=0.03)
        shift = log_f0(engine, said(engine, speed=speed)).mean() - log_f0(engine, said(engine)).mean()
        assert abs(shift) < 0.02


def test_a_seed_is_bit_identical(engine: Engine) -> None:
    again = np.concatenate([take.samples for take in perform(engine, 7, stability=0.0)])
    assert is_same(again, said(engine, 7, stability=0.0))
    assert not is_same(again, said(engine, 8, stability=0.0))


def test_without_a_seed_renderings_differ_the_more_the_less_stable(engine: Engine) -> None:
    def differences(stability: float) -> float:
        """Mean of what two renderings differ by in length, as a share."""
        spoken = [sum(len(t.samples) for t in perform(engine, None, stability=stability)) for _ in range(6)]
        return float(np.mean([abs(a - b) for a, b in pairwise(spoken)]) / spoken[0])

    assert differences(0.0) > 0.001 > differences(1.0)


@pytest.mark.parametrize(
    "settings",
    [
        {"stability": 0.0},
        {"stability": 1.0},
        {"similarity": 0.0},
        {"similarity": 1.0},
        {"style": 1.0},
        {"speaker_boost": False},
        {"speed": 0.7},
        {"speed": 1.2},
        {"is_light": True},
    ],
    ids=str,
)
def test_no_setting_changes_the_loudness(engine: Engine, settings: dict[str, Any]) -> None:
    usual, changed = (
        np.mean([loudness_lufs(said(engine, seed, **given), engine.card.rate) for seed in SEEDS])
        for given in ({}, settings)
    )
    assert changed == pytest.approx(usual, abs=1.0)
    assert np.abs(said(engine, **settings)).max() < 0.89


@pytest.mark.parametrize("is_light", [False, True])
def test_no_click_at_joins(engine: Engine, is_light: bool) -> None:
    """Between takes, and between segments with and without a pause."""
    text = "Is it far? No, " + "you go down the road and past the mill " * 9 + "to the sea."
    markup = Markup(False, False, False)
    utterance = prepare(text, language="en", languages=("en",), home="en", normalize=True, markup=markup)
    sound, joins = asyncio.run(_finish(engine, list(utterance), VoiceSettings(stability=0.0, is_light=is_light)))
    steps = np.abs(np.diff(sound.astype(np.int32)))
    at_joins = np.concatenate([steps[max(join - 2, 0) : join + 2] for join in joins])
    inside = np.delete(steps, [place for join in joins for place in range(max(join - 2, 0), min(join + 2, len(steps)))])
    assert len(joins) > 8
    assert at_joins.max() <= inside.max()


async def _finish(engine: Engine, segments: list[Segment], settings: VoiceSettings) -> tuple[Any, list[int]]:
    """What a client hears, (frames,) 16-bit at the engine's rate, and the frames where takes or segments join."""
    rate = engine.card.rate
    finisher = Finisher(find_format(f"pcm_{rate}"), is_aligned=False)
    heard = b""
    joins: list[int] = []

    async def takes(segment: Segment) -> AsyncIterator[Take]:
        for take in engine.speak(segment, SPEAKERS[engine.card.id], settings, 1):
            joins.append(round(finisher.seconds * rate))
            yield take

    for segment in segments:
        async for chunk in finisher.finish(segment, takes(segment)):
            heard += chunk.audio
        joins.append(round(finisher.seconds * rate))
    heard += (await finisher.close()).audio
    sound = np.frombuffer(heard, "<i2")
    return sound, sorted({join for join in joins if 0 < join < len(sound)})
