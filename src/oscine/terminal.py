# SPDX-License-Identifier: GPL-3.0-or-later
"""What all commands do alike."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Until it is done, or Ctrl+C."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise click.Abort from None


def print_table(table: Table) -> None:
    """To a terminal as wide as it is, to a pipe without cutting."""
    Console(width=None if sys.stdout.isatty() else 1000).print(table)
