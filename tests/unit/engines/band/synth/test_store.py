# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import dataclass

from oscine.engines.band.synth.store import Store


@dataclass
class Thing:
    size: int


def test_what_was_not_asked_for_longest_goes_first() -> None:
    store = Store[str, Thing](10)
    kept = {name: store.find(name, lambda: Thing(4)) for name in "abc"}
    assert store.find("a", lambda: Thing(0)) is kept["a"]
    store.find("d", lambda: Thing(4))
    assert store.find("c", lambda: Thing(0)) is kept["c"]
    assert store.find("b", lambda: Thing(1)) is not kept["b"]


def test_growth_counts() -> None:
    store = Store[str, Thing](10)
    first = store.find("first", lambda: Thing(1))
    first.size = 100
    store.find("second", lambda: Thing(1))
    assert store.find("first", lambda: Thing(2)).size == 2
