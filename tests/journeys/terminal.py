# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_LIMIT_S = 60


def oscine(folder: Path, *arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `oscine` with `folder` as its working and data folder."""
    return subprocess.run(
        [sys.executable, "-m", "oscine", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        timeout=_LIMIT_S,
        check=False,
        env={**os.environ, "OSCINE_DATA_DIR": str(folder / "data"), **environment},
    )
