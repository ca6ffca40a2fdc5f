# SPDX-License-Identifier: GPL-3.0-or-later
"""A cache that counts the numbers kept rather than the things."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def size(self) -> int:
        """Numbers in memory, which may grow."""
        ...


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class Store(Generic[K, V]):
    def __init__(self, most_numbers: int) -> None:
        self._most_numbers = most_numbers
        self._kept: dict[K, V] = {}
        """What was asked for last comes last."""

    def find(self, key: K, make: Callable[[], V]) -> V:
        """What was made for that key; what was not asked for longest is dropped where room is short."""
        value = self._kept.pop(key, None)
        if value is None:
            total = sum(kept.size for kept in self._kept.values())
            while self._kept and total > self._most_numbers:
                total -= self._kept.pop(next(iter(self._kept))).size
            value = make()
        self._kept[key] = value
        return value
