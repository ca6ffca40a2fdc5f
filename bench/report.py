# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables with the machine and the commit they were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path


def heading(title: str) -> None:
    """Say what is measured, and where."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)  # noqa: S607
    load = os.getloadavg()[0]
    print(f"\n## {title}")
    print(
        f"{model}, {len(os.sched_getaffinity(0))} cores, load {load:.1f}, Python {platform.python_version()}, "
        f"commit {commit.stdout.strip() or 'unknown'}\n"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
