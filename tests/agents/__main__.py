# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs an agent's script with its own Python against a live server: python -m tests.agents PYTHON SCRIPT."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import start_server, stop_server

_LIMIT_S = 180


def main(python: str, script: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder))
        try:
            quiet = {**os.environ, "LOGURU_LEVEL": "WARNING"}
            command = [python, script, server.url, server.key]
            return subprocess.run(command, env=quiet, timeout=_LIMIT_S, check=False).returncode
        finally:
            stop_server(server)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
