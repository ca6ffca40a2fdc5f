# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan for a piece of music: its sections, and the styles that it is and is not to have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedSection:
    name: str
    length_s: float
    positive_styles: tuple[str, ...] = ()
    """Of this section alone, in free words: `soft`, `only piano`, `drums enter`."""
    negative_styles: tuple[str, ...] = ()
    """What it is not to have."""


@dataclass(frozen=True, slots=True)
class CompositionPlan:
    sections: tuple[PlannedSection, ...]
    positive_styles: tuple[str, ...] = ()
    """Of the whole piece."""
    negative_styles: tuple[str, ...] = ()
