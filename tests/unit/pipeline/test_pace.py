# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from oscine.domain.alignment import Mark
from oscine.domain.speech import Boundary, Segment, Take
from oscine.pipeline.pace import at_pace, part_speed
from tests.unit.codecs.listening import noise

SEGMENT = Segment("ab", "en", 0, 2, (), Boundary.EDGE, Boundary.EDGE, pause_s=0.4)


@pytest.mark.parametrize(
    ("speed", "parts"), [(0.25, (0.5, 0.5)), (0.5, (0.5, 1)), (1, (1, 1)), (2, (2, 1)), (3, (2, 1.5)), (4, (2, 2))]
)
def test_engines_get_what_they_can(speed: float, parts: tuple[float, float]) -> None:
    assert part_speed(speed) == parts


async def test_sound_marks_and_pause_change_alike() -> None:
    async def takes() -> AsyncIterator[Take]:
        for index in range(2):
            yield Take(noise(12_000), 24_000, (Mark(index, index + 1, index * 0.5, index * 0.5 + 0.5),))

    segment, faster = at_pace(SEGMENT, takes(), 2.0)
    heard = [take async for take in faster]
    assert segment.pause_s == 0.2
    assert sum(len(take.samples) for take in heard) == 12_000
    assert [mark for take in heard for mark in take.marks] == [Mark(0, 1, 0, 0.25), Mark(1, 2, 0.25, 0.5)]
