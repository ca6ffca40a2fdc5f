# SPDX-License-Identifier: GPL-3.0-or-later
"""Which engines are installed. Ours and anyone's are found through the same entry points."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from oscine.domain.problems import EngineUnavailable
from oscine.engines.protocol import SpeechEngine

GROUP = "oscine.engines"


def installed() -> dict[str, EntryPoint]:
    """Entry points by engine id, sorted."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def open_engine(engine_id: str) -> SpeechEngine:
    """Load and open an engine; to be called in a worker process.

    Raises: EngineUnavailable.
    """
    points = installed()
    if engine_id not in points:
        raise EngineUnavailable(
            f"Speech engine {engine_id[:40]!r} is not installed. Installed: {', '.join(points) or 'none'}. "
            "Set OSCINE_SPEECH_ENGINES to engines that are, or install the package that provides it."
        )
    factory = cast(Callable[[], SpeechEngine], points[engine_id].load())
    return factory()
