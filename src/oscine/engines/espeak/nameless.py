# SPDX-License-Identifier: GPL-3.0-or-later
"""Contents that native code opens by path, and that leave nothing behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_memory(contents: bytes) -> Iterator[str]:
    """A path to `contents` that is valid inside the block; nothing touches a disk.

    Every call is a new inode, so a library loaded from it is a new instance. Linux only.
    Raises: OSError where the system has no such files.
    """
    if not hasattr(os, "memfd_create"):
        raise OSError("this system has no files in memory")
    descriptor = os.memfd_create("oscine")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(contents)
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)


_FOLDER = "/tmp"  # noqa: S108
"""espeak takes the path of a voice file only if it has less than 60 characters, none of them upper case."""


@contextmanager
def on_disk(contents: bytes) -> Iterator[str]:
    """The same by a temporary file, removed when the block ends; what holds it open keeps it."""
    descriptor, name = tempfile.mkstemp(prefix="oscine", dir=_FOLDER if Path(_FOLDER).is_dir() else None)
    path = Path(name)
    try:
        os.close(descriptor)
        path.write_bytes(contents)
        yield name
    finally:
        path.unlink()
