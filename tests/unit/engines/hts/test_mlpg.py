# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from oscine.domain.problems import EngineUnavailable
from oscine.engines.hts.mlpg import Floats, find_solver, solve

_WINDOWS = (np.array([1.0]), np.array([-0.5, 0.0, 0.5]), np.array([1.0, -2.0, 1.0]))


def _dense(means: Floats, precisions: Floats, breaks: NDArray[np.bool_]) -> Floats:
    """The same system, written out in full."""
    _, frames, dimensions = means.shape
    runs = np.cumsum(breaks)
    out = np.zeros((frames, dimensions))
    for d in range(dimensions):
        rows, targets, weights = [], [], []
        for w, window in enumerate(_WINDOWS):
            half = len(window) // 2
            for t in range(frames):
                span = range(t - half, t + half + 1)
                if span[0] < 0 or span[-1] >= frames or runs[span[0]] != runs[span[-1]]:
                    continue
                row = np.zeros(frames)
                row[span[0] : span[-1] + 1] = window
                rows.append(row)
                targets.append(means[w, t, d])
                weights.append(precisions[w, t, d])
        matrix, weight = np.array(rows), np.diag(weights)
        out[:, d] = np.linalg.solve(matrix.T @ weight @ matrix, matrix.T @ weight @ np.array(targets))
    return out


@pytest.mark.parametrize("frames", [1, 2, 3, 5, 40])
@pytest.mark.parametrize("share", [0.0, 0.3])
def test_the_banded_solution_is_the_dense_one(frames: int, share: float) -> None:
    chance = np.random.default_rng(frames)
    means = chance.standard_normal((3, frames, 4))
    precisions = chance.uniform(0.1, 5, (3, frames, 4))
    breaks = chance.uniform(size=frames) < share
    found = solve(means, precisions, _WINDOWS, breaks)
    assert np.allclose(found, _dense(means, precisions, breaks), atol=1e-9)


def test_no_frames_no_trajectory() -> None:
    assert solve(np.zeros((3, 0, 2)), np.ones((3, 0, 2)), _WINDOWS, np.zeros(0, bool)).shape == (0, 2)


def test_a_break_keeps_both_sides_apart() -> None:
    means = np.zeros((3, 20, 1))
    means[0, 10:] = 1.0
    breaks = np.arange(20) == 10
    assert np.allclose(solve(means, np.ones_like(means), _WINDOWS, breaks), means[0])
    assert 0.1 < solve(means, np.ones_like(means), _WINDOWS, np.zeros(20, bool))[9, 0] < 0.5


def test_without_scipy_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    find_solver.cache_clear()
    monkeypatch.setitem(sys.modules, "scipy.linalg.lapack", None)
    with pytest.raises(EngineUnavailable, match=r'pip install "oscine\[voices\]"'):
        find_solver()
