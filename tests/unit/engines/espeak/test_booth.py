# SPDX-License-Identifier: GPL-3.0-or-later
"""The synthesis thread: pieces, back-pressure, cancelling, failures."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator

import pytest

from oscine.engines.espeak.booth import FIRST_S, LONGEST_S, Booth, Performance
from oscine.engines.espeak.driver import BUFFER_MS, OnBuffer

RATE = 22050
BUFFER = BUFFER_MS * RATE // 1000
_samples = (ctypes.c_short * BUFFER)(*range(BUFFER))
_no_events = (ctypes.c_char * 8192)()


def perform(buffers: int, calls: list[int]) -> Performance:
    """Calls back `buffers` times, as espeak does; writes down what it was told."""

    def performance(on_buffer: OnBuffer) -> None:
        for _ in range(buffers):
            calls.append(on_buffer(ctypes.addressof(_samples), BUFFER, ctypes.addressof(_no_events)))
            if calls[-1]:
                return

    return performance


@pytest.fixture
def booth() -> Iterator[Booth]:
    booth = Booth(RATE)
    yield booth
    booth.close()


def test_pieces_start_short_and_grow(booth: Booth) -> None:
    sizes = [len(piece.samples) // 2 for piece in booth.perform(perform(90, []))]
    assert sum(sizes) == 90 * BUFFER
    assert FIRST_S * RATE - 1 <= sizes[0] < FIRST_S * RATE + BUFFER
    assert sizes[:-1] == sorted(sizes[:-1])
    assert LONGEST_S * RATE - 1 <= max(sizes) < LONGEST_S * RATE + BUFFER


def test_a_reader_that_stops_reading_stops_the_synthesis(booth: Booth) -> None:
    calls: list[int] = []
    pieces = booth.perform(perform(1000, calls))
    next(pieces)
    pieces.close()
    assert calls[-1] == 1
    assert len(calls) < 60


def test_closing_waits_until_the_thread_is_free(booth: Booth) -> None:
    is_inside = threading.Event()

    def performance(on_buffer: OnBuffer) -> None:
        is_inside.set()
        perform(1000, [])(on_buffer)
        is_inside.clear()

    for _ in range(50):
        pieces = booth.perform(performance)
        next(pieces)
        pieces.close()
        assert not is_inside.is_set()


@pytest.mark.parametrize("reads", range(6))
def test_closing_works_wherever_the_synthesis_is(booth: Booth, reads: int) -> None:
    """Also when it is over, or waits to hand over its last piece."""
    for buffers in (0, 1, 2, 4, 8, 30):
        pieces = booth.perform(perform(buffers, []))
        for _ in range(reads):
            next(pieces, None)
        pieces.close()
    assert len(list(booth.perform(perform(1, [])))) == 2


def test_a_failure_reaches_the_reader_and_ends_nothing_else(booth: Booth) -> None:
    def fail(on_buffer: OnBuffer) -> None:
        perform(1, [])(on_buffer)
        raise RuntimeError("broken")

    pieces = booth.perform(fail)
    assert len(next(pieces).samples) == 2 * BUFFER
    with pytest.raises(RuntimeError, match="broken"):
        next(pieces)
    assert list(booth.perform(perform(1, [])))
