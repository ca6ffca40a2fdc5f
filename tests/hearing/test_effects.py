# SPDX-License-Identifier: GPL-3.0-or-later
"""What a listener would notice of sounds among words: reference/api-facts.md §6, v3 tags."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from oscine.audio.loudness import loudness_lufs
from oscine.domain.audio import find_format
from oscine.domain.speech import SpeechRequest
from oscine.engines.stage import Stage
from oscine.pipeline.house import House, open_house
from oscine.pipeline.speech import Performance
from oscine.settings import load_settings
from tests import databases

RATE = 24000


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    settings = load_settings(data_dir=tmp_path, database_url=databases.url_for(tmp_path), workers=1)
    async with open_house(settings, Stage.of(settings)) as opened:
        yield opened


async def speak(house: House, text: str) -> tuple[NDArray[np.float32], list[float]]:
    """Samples, and when each character begins."""
    request = SpeechRequest(
        text, "JBFqnCBsd6RMkjVDRZzb", "eleven_v3", find_format("pcm_24000"), language="en", seed=5, is_logged=False
    )
    performance = await Performance.prepare(house, await house.keys.command_line(), request)
    chunks = [chunk async for chunk in performance.chunks(is_aligned=True)]
    audio = np.frombuffer(b"".join(chunk.audio for chunk in chunks), "<i2").astype(np.float32) / np.float32(32768)
    return audio, [time for chunk in chunks for time in chunk.alignment.starts_s]


async def test_words_stay_clear_of_sounds(house: House) -> None:
    text = "The crowd rose to its feet. [applause] Thank you all, you have been wonderful tonight."
    audio, times = await speak(house, text)
    tag, after, end = (round(times[text.index(part)] * RATE) for part in ("[", "Thank", "tonight"))
    before = loudness_lufs(audio[:tag], RATE)
    front = loudness_lufs(audio[tag : tag + RATE], RATE)
    assert -25 < before < -16
    assert abs(front - before) < 6  # neither drowned nor deafening
    words = loudness_lufs(audio[after:end], RATE)
    pauses = np.sort([float(np.square(audio[i : i + 480]).mean()) for i in range(after, end, 480)])[:5].mean()
    assert words == pytest.approx(before, abs=3)
    assert 10 * np.log10(pauses) < -29  # beneath the words, applause is 10 dB softer than they are, and more
    assert 10 * np.log10(pauses) > -60  # and still there


async def test_sounds_are_placed_without_clicks_or_clipping(house: House) -> None:
    text = "One. [explosion] Two. [gunshot] Three. [thunder] Four. [applause]"
    audio, _ = await speak(house, text)
    assert np.abs(audio).max() < 0.99
    assert np.abs(audio[-5:]).max() < 0.003
    quiet, _ = await speak(house, "One. [rain] Two three four five six seven eight nine ten eleven twelve.")
    assert np.abs(np.diff(quiet)).max() < 0.6
