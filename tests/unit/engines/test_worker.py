# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np

from oscine.domain.speech import Take
from oscine.engines.worker import gather


def lengths(frames: list[int], seconds_apart: float) -> list[int]:
    """What is sent of takes that come at that distance, at 1,000 frames a second."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += seconds_apart
        return now

    return [len(take.samples) for take in gather((Take(np.zeros(n, np.float32), 1000) for n in frames), clock)]


def test_the_first_quarter_second_goes_out_as_it_comes() -> None:
    assert lengths([80, 80, 80, 80, 500, 500, 500], 0.0) == [80, 80, 80, 80, 1500]


def test_takes_that_come_slowly_are_not_held() -> None:
    assert lengths([300, 300, 300], 1.0) == [300, 300, 300]


def test_nothing_is_lost() -> None:
    assert sum(lengths([10] * 100, 0.002)) == 1000
