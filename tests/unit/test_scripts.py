# SPDX-License-Identifier: GPL-3.0-or-later
"""A sourced file sees its caller's arguments: a script that named no extra would install one called after them."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCING = [
    path for path in sorted((ROOT / "scripts").iterdir()) if "/environment" in path.read_text().split("root=")[0]
]


def test_there_are_scripts_to_check() -> None:
    assert {"oscine", "test", "bench"} <= {path.name for path in SOURCING}


@pytest.mark.parametrize("script", SOURCING, ids=lambda path: path.name)
def test_every_script_names_extras_that_exist(script: Path) -> None:
    named = re.findall(r"^[^#\n]*/environment\"(.*)$", script.read_text(), re.MULTILINE)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert all(extra in extras for line in named for extra in line.strip().split(",")), named
