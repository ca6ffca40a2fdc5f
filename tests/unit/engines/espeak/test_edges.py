# SPDX-License-Identifier: GPL-3.0-or-later
"""Zeros at the edges go, pauses stay."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.engines.espeak.edges import Edges

RATE = 1000
KEPT = 10


@pytest.mark.parametrize("cuts", [[], [1], [30, 31], [50], list(range(1, 150))])
def test_edges_are_cut_and_the_middle_is_kept(cuts: list[int]) -> None:
    samples = np.zeros(150, np.int16)
    samples[40:60] = 7
    samples[80] = 7
    edges = Edges(RATE)
    out = np.concatenate([*(edges.trim(piece) for piece in np.split(samples, cuts)), edges.finish()])
    assert out.tolist() == samples[40 - KEPT : 81 + KEPT].tolist()
    assert edges.lead == 30


def test_no_sound_no_samples() -> None:
    edges = Edges(RATE)
    assert len(edges.trim(np.zeros(500, np.int16))) == 0
    assert len(edges.trim(np.zeros(0, np.int16))) == 0
    assert len(edges.finish()) == 0


def test_sound_at_the_very_edges_stays() -> None:
    edges = Edges(RATE)
    assert edges.trim(np.ones(5, np.int16)).tolist() == [1] * 5
    assert len(edges.finish()) == 0
