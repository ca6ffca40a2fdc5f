# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.engines.hts.durations import count_frames, limit, stretch


@pytest.mark.parametrize("factor", [0.5, 0.7, 1.0, 1.3, 2.0])
def test_the_sum_is_exact_and_what_varies_gives_more(factor: float) -> None:
    chance = np.random.default_rng(1)
    means, variances = chance.uniform(2, 12, (40, 5)), chance.uniform(0.2, 9, (40, 5))
    durations = stretch(means, variances, factor)
    assert durations.sum() == pytest.approx(factor * means.sum())
    assert (durations > 0).all()
    if factor != 1:
        change = np.abs(durations / means - 1)
        assert change[variances > 6].mean() > change[variances < 2].mean()
    assert abs(int(count_frames(durations).sum()) - durations.sum()) < 0.05 * durations.sum()


def test_rounding_does_not_add_up() -> None:
    counts = count_frames(np.full((100, 5), 1.4))
    assert counts.sum() == 700
    assert counts.min() >= 1


def test_a_pause_is_cut_to_its_limit() -> None:
    assert limit(np.array([1, 2, 3]), 10).tolist() == [1, 2, 3]
    assert limit(np.array([10, 20, 30]), 12).tolist() == [2, 4, 6]
    assert limit(np.array([1, 1, 60]), 3).tolist() == [1, 1, 2]
