# SPDX-License-Identifier: GPL-3.0-or-later
"""Engines that the hearing tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oscine.domain.problems import EngineUnavailable
from oscine.engines.espeak import EspeakEngine
from oscine.engines.hts import HtsEngine


@pytest.fixture(scope="session")
def hts() -> Iterator[HtsEngine]:
    try:
        engine = HtsEngine()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def espeak() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()
