# SPDX-License-Identifier: GPL-3.0-or-later
"""Contents by path that leave nothing behind."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from oscine.engines.espeak.nameless import in_memory, on_disk


class Way(Protocol):
    def __call__(self, contents: bytes) -> AbstractContextManager[str]: ...


@pytest.mark.parametrize("way", [in_memory, on_disk])
def test_path_holds_the_contents_inside_the_block_only(way: Way) -> None:
    with way(b"some\0bytes") as path:
        assert Path(path).read_bytes() == b"some\0bytes"
    assert not Path(path).exists()


def test_in_memory_opens_no_descriptor_for_good() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with in_memory(b"x"):
        pass
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_two_at_once_are_different_files() -> None:
    with in_memory(b"a") as one, in_memory(b"a") as other:
        assert Path(one).stat().st_ino != Path(other).stat().st_ino


def test_in_memory_says_where_it_is_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")
    with pytest.raises(OSError, match="memory"), in_memory(b"x"):
        pass
