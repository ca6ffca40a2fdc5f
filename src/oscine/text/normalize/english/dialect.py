# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between the Englishes when text is read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from oscine.text.normalize import scan

_MONTH_FIRST = frozenset({"", "US", "CA", "PH"})
"""Regions that write 12/31; the others write 31/12."""
_AMERICAN = frozenset({"", "US", "CA", "PH"})


@dataclass(frozen=True, slots=True)
class English:
    is_british: bool
    """"one hundred and five", "kilometres", "50p"."""
    is_day_first: bool
    """Whether 01/02 is the first of February."""


def find_english(region: str) -> English:
    """region: ISO 3166 code in capitals, "" when unknown: then American."""
    return English(is_british=region not in _AMERICAN, is_day_first=region not in _MONTH_FIRST)


Scene = scan.Scene[English]
Rules = tuple[scan.Rule[English], ...]
