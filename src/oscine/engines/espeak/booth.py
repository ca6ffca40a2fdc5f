# SPDX-License-Identifier: GPL-3.0-or-later
"""The thread that is inside espeak while pieces of its audio leave for the reader.

`espeak_Synth` blocks until all is said, so it has a thread of its own, one for the life of the engine. Audio is
gathered in the callback and handed over in pieces that double in length: the first soon, the later ones seldom,
so that handing over costs nothing beside the synthesis. At most `_AHEAD` pieces wait; then the synthesis does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from ctypes import string_at
from dataclasses import dataclass
from queue import SimpleQueue

from oscine.engines.espeak.driver import OnBuffer, copy_events

FIRST_S, LONGEST_S = 0.16, 1.28
"""Lengths of pieces. The first is what the slowest codec needs for a frame: trimmer 10, resampler 58, MP3 57 ms."""
_AHEAD = 2
_NO_EVENTS = b"\0\0\0\0"

Performance = Callable[[OnBuffer], None]
"""Speaks something through espeak, passing the callback on; blocks. Runs in the booth's thread."""


@dataclass(frozen=True, slots=True)
class Piece:
    samples: bytes
    """16-bit, native order."""
    events: list[bytes]
    """Blocks for `driver.read_events`."""


@dataclass(frozen=True, slots=True)
class _End:
    failure: BaseException | None


class Booth:
    """One performance at a time."""

    def __init__(self, rate: int) -> None:
        """rate: hertz of the performances."""
        self._rate = rate
        self._performances: SimpleQueue[_Hearing | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="espeak", daemon=True)
        self._thread.start()

    def perform(self, performance: Performance) -> Generator[Piece, None, None]:
        """The pieces of a performance. Closing the generator cancels it and waits until espeak has come back.

        Raises: what the performance raises.
        """
        hearing = _Hearing(performance, self._rate)
        self._performances.put(hearing)
        try:
            yield from hearing.pieces()
        finally:
            hearing.cancel()

    def close(self) -> None:
        """End the thread."""
        self._performances.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (hearing := self._performances.get()) is not None:
            hearing.run()


class _Hearing:
    """One performance between the two threads."""

    def __init__(self, performance: Performance, rate: int) -> None:
        self._performance = performance
        self._wanted = int(FIRST_S * rate)
        self._longest = int(LONGEST_S * rate)
        self._gathered = 0
        self._samples: list[bytes] = []
        self._events: list[bytes] = []
        self._queue: SimpleQueue[Piece | _End] = SimpleQueue()
        self._room = threading.Semaphore(_AHEAD)
        self._is_cancelled = False
        self._is_over = threading.Event()

    def pieces(self) -> Generator[Piece, None, None]:
        while True:
            piece = self._queue.get()
            if isinstance(piece, _End):
                if piece.failure is not None:
                    raise piece.failure
                return
            self._room.release()
            yield piece

    def cancel(self) -> None:
        """Stop at the next callback, and wait for that. Does nothing after the end."""
        self._is_cancelled = True
        self._room.release()  # for the one piece that may be waiting; after it none is handed over
        self._is_over.wait()

    def run(self) -> None:
        failure: BaseException | None = None
        try:
            self._performance(self._on_buffer)
            if not self._is_cancelled:
                self._hand_over()
        except BaseException as raised:  # the reader's thread raises it again
            failure = raised
        self._is_over.set()
        self._queue.put(_End(failure))

    def _on_buffer(self, samples: int, count: int, events: int) -> int:
        # Called some ten times per second of speech and a thousand times faster than that: keep it short.
        if self._is_cancelled:
            return 1
        if count > 0:
            self._samples.append(string_at(samples, 2 * count))
            self._gathered += count
        if string_at(events, 4) != _NO_EVENTS:
            self._events.append(copy_events(events))
        if self._gathered >= self._wanted:
            self._hand_over()
            self._wanted = min(2 * self._wanted, self._longest)
        return 0

    def _hand_over(self) -> None:
        self._room.acquire()
        self._queue.put(Piece(b"".join(self._samples), self._events))
        self._samples, self._events, self._gathered = [], [], 0
