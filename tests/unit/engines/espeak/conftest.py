# SPDX-License-Identifier: GPL-3.0-or-later
"""One engine and one instance of the library for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import espeakng_loader
import pytest

from oscine.engines.espeak import EspeakEngine
from oscine.engines.espeak.driver import Instance
from oscine.engines.espeak.languages import Languages


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return Path(espeakng_loader.get_data_path())


@pytest.fixture(scope="session")
def library() -> bytes:
    return Path(espeakng_loader.get_library_path()).read_bytes()


@pytest.fixture(scope="session")
def languages(data_dir: Path) -> Languages:
    return Languages(data_dir)


@pytest.fixture
def instance(library: bytes, data_dir: Path, languages: Languages) -> Iterator[Instance]:
    """A fresh instance that speaks American English."""
    instance = Instance(library, str(data_dir))
    instance.set_voice(f"{languages.find('en').description}\nklatt 4")
    yield instance
    instance.close()


@pytest.fixture(scope="session")
def engine() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()
