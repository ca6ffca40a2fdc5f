# SPDX-License-Identifier: GPL-3.0-or-later
"""How many sockets are open at once, in all and by key. An idle one costs little, but not nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from oscine.domain.problems import SocketsFull


class Sockets:
    def __init__(self, *, total: int, per_key: int) -> None:
        self._total = total
        self._per_key = per_key
        self._of_keys: Counter[str] = Counter()
        self.open = 0
        """Sockets, those included that have not said yet whose they are."""

    @contextmanager
    def enter(self) -> Iterator[None]:
        """A socket for the length of the block. Raises: SocketsFull."""
        if self.open >= self._total:
            raise SocketsFull(
                f"The server has {self.open} sockets open, as many as it may (OSCINE_SOCKETS). Try again later."
            )
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1

    @contextmanager
    def belong(self, key_id: str) -> Iterator[None]:
        """The socket counts as this key's for the length of the block. Raises: SocketsFull."""
        if self._of_keys[key_id] >= self._per_key:
            raise SocketsFull(
                f"This key has {self._per_key} sockets open, as many as it may (OSCINE_KEY_SOCKETS). Close one, or use "
                "several contexts of one multi-stream-input socket."
            )
        self._of_keys[key_id] += 1
        try:
            yield
        finally:
            self._of_keys[key_id] -= 1
            if not self._of_keys[key_id]:
                del self._of_keys[key_id]
