# SPDX-License-Identifier: GPL-3.0-or-later
"""The voices of today as the engine hts speaks them: equally loud, none clipped."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from oscine.audio.loudness import loudness_lufs
from oscine.domain.alignment import Run
from oscine.domain.problems import EngineUnavailable
from oscine.domain.speech import Boundary, Segment, VoiceSettings
from oscine.domain.voice import Voice
from oscine.engines.hts import HtsEngine
from oscine.voices.catalogue import Catalogue

TEXT = "The ferry crosses twice a day, and nobody on the island would have it any other way."


@pytest.fixture(scope="module")
def engine() -> Iterator[HtsEngine]:
    try:
        engine = HtsEngine()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    yield engine
    engine.close()


@pytest.mark.parametrize("voice", [v for v in Catalogue() if not v.is_legacy], ids=lambda voice: voice.name)
def test_voices_are_equally_loud_and_not_clipped(engine: HtsEngine, voice: Voice) -> None:
    everything = Run(0, len(TEXT), 0, len(TEXT))
    segment = Segment(TEXT, "en", 0, len(TEXT), (everything,), Boundary.EDGE, Boundary.EDGE)
    takes = engine.speak(segment, voice.timbres["hts"], VoiceSettings(), 1)
    samples = np.concatenate([take.samples for take in takes])
    assert loudness_lufs(samples, engine.card.rate) == pytest.approx(-20.0, abs=2.0)
    assert np.abs(samples).max() < 0.999
