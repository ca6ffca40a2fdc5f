# SPDX-License-Identifier: GPL-3.0-or-later
"""A server under measurement, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEY = "sk_bench"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int
    ready_s: float
    """From the start of the process to the first yes of /ready."""

    def processes(self) -> list[int]:
        """The server's process first, then its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu_s(self) -> list[float]:
        """Processor seconds used so far by each of `processes()`."""
        stats = (Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.processes())
        return [(int(fields[11]) + int(fields[12])) / _TICKS for fields in stats]

    def memory_mb(self) -> list[float]:
        """Resident memory of each of `processes()`."""
        pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.processes())
        return [count * os.sysconf("SC_PAGE_SIZE") / 1e6 for count in pages]


@contextmanager
def running(**environment: str) -> Iterator[Server]:
    """A server with default settings over a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "oscine", "serve", "--port", "0"],
            env={
                **os.environ,
                "OSCINE_DATA_DIR": folder,
                "OSCINE_API_KEY": KEY,
                "OSCINE_LOG_LEVEL": "warning",
                **environment,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        try:
            line = next(line for line in process.stderr if line.startswith("Oscine listens on "))
            port = int(line.rsplit(":", 1)[1])
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ready").close()
            yield Server(port, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.communicate(timeout=30)
