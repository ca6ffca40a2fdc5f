# SPDX-License-Identifier: GPL-3.0-or-later
"""Which engines are installed. Ours and anyone's are found through the same entry points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from typing import cast

from packaging.requirements import Requirement

from oscine.domain.problems import EngineUnavailable
from oscine.engines.protocol import Engine, SpeechEngine

GROUP = "oscine.engines"
_PREFERENCE = ("hts", "espeak")


def installed() -> dict[str, EntryPoint]:
    """Entry points by engine id, sorted."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def missing_packages(engine_id: str) -> list[str]:
    """What an installed engine needs and does not find: the packages of the extra that its entry point names.

    hts = "oscine.engines.hts:HtsEngine [voices]"
    """
    point = _find(engine_id)
    if point.dist is None or not point.extras:
        return []
    required = [Requirement(line) for line in point.dist.requires or ()]
    wanted = {
        requirement.name
        for requirement in required
        for extra in point.extras
        if requirement.marker is not None
        and requirement.marker.evaluate({"extra": extra})
        and not requirement.marker.evaluate({"extra": ""})
    }
    return sorted(name for name in wanted if not _is_installed(name))


def choose(wanted: Iterable[str]) -> tuple[str, ...]:
    """Engines to run, in order of preference: `wanted`, or else ours as far as they and what they need are installed.

    Raises: EngineUnavailable when a wanted one is not.
    """
    for engine_id in wanted:
        if missing := missing_packages(engine_id):
            raise EngineUnavailable(
                f"Speech engine {engine_id!r} needs {', '.join(missing)}. Install them, or change "
                "OSCINE_SPEECH_ENGINES."
            )
    ours = (engine_id for engine_id in _PREFERENCE if engine_id in installed() and not missing_packages(engine_id))
    return tuple(wanted) or tuple(ours)


def check(engine_id: str) -> None:
    """Raises: EngineUnavailable when it is not installed, or what it needs is not."""
    if missing := missing_packages(engine_id):
        extras = ",".join(_find(engine_id).extras)
        raise EngineUnavailable(
            f'Engine {engine_id!r} needs {", ".join(missing)}. Install them: pip install "oscine[{extras}]".'
        )


def open_engine(engine_id: str) -> SpeechEngine:
    """Load and open a speech engine. Raises: EngineUnavailable."""
    engine = open_any(engine_id)
    if engine.card.kind != "speech":
        raise EngineUnavailable(f"Engine {engine_id!r} does not speak.")
    return cast(SpeechEngine, engine)


def open_any(engine_id: str) -> Engine:
    """Load and open an engine; to be called in a worker process. Raises: EngineUnavailable."""
    factory = cast(Callable[[], Engine], _find(engine_id).load())
    return factory()


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _find(engine_id: str) -> EntryPoint:
    points = installed()
    if engine_id not in points:
        raise EngineUnavailable(
            f"Engine {engine_id[:40]!r} is not installed. Installed: {', '.join(points) or 'none'}. "
            "Set OSCINE_SPEECH_ENGINES, OSCINE_SOUND_ENGINE and OSCINE_MUSIC_ENGINE to engines that are, or install "
            "the package that provides it."
        )
    return points[engine_id]
