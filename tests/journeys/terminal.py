# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line, as a process of its own or, where that makes no difference, quickly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from oscine.cli import main
from tests import databases

_LIMIT_S = 60


def oscine(folder: Path, *arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `oscine` with `folder` as its working and data folder, and one worker."""
    data = Path(environment.get("OSCINE_DATA_DIR", folder / "data"))
    return subprocess.run(
        [sys.executable, "-m", "oscine", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        timeout=_LIMIT_S,
        check=False,
        env={
            **os.environ,
            "OSCINE_DATA_DIR": str(data),
            "OSCINE_WORKERS": "1",
            **databases.environment_for(data),
            **environment,
        },
    )


def make_key(data: Path, name: str, *options: str) -> str:
    """The secret of a new key, made beside whatever serves that data folder."""
    done = oscine(data, "keys", "create", "--name", name, *options, OSCINE_DATA_DIR=str(data))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().split()[-1]


def invoke(*arguments: str, **environment: str) -> Result:
    """Runs `oscine` in this process: for commands that neither speak nor serve."""
    data = environment.get("OSCINE_DATA_DIR")
    known = databases.environment_for(Path(data)) if data else {}
    return CliRunner().invoke(main, arguments, env={**known, **environment})
