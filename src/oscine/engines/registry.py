# SPDX-License-Identifier: GPL-3.0-or-later
"""Which engines are installed. Ours and anyone's are found through the same entry points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from oscine.domain.problems import EngineUnavailable
from oscine.engines.protocol import SpeechEngine

GROUP = "oscine.engines"
_PREFERENCE = ("hts", "espeak")


def installed() -> dict[str, EntryPoint]:
    """Entry points by engine id, sorted."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def choose(wanted: Iterable[str]) -> tuple[str, ...]:
    """Engines to run, in order of preference: `wanted`, or else ours as far as they are installed.

    Raises: EngineUnavailable when a wanted one is not installed.
    """
    for engine_id in wanted:
        _find(engine_id)
    return tuple(wanted) or tuple(engine_id for engine_id in _PREFERENCE if engine_id in installed())


def open_engine(engine_id: str) -> SpeechEngine:
    """Load and open an engine; to be called in a worker process. Raises: EngineUnavailable."""
    factory = cast(Callable[[], SpeechEngine], _find(engine_id).load())
    return factory()


def _find(engine_id: str) -> EntryPoint:
    points = installed()
    if engine_id not in points:
        raise EngineUnavailable(
            f"Speech engine {engine_id[:40]!r} is not installed. Installed: {', '.join(points) or 'none'}. "
            "Set OSCINE_SPEECH_ENGINES to engines that are, or install the package that provides it."
        )
    return points[engine_id]
