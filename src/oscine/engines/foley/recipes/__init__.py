# SPDX-License-Identifier: GPL-3.0-or-later
"""All that can be played, by family."""

from oscine.engines.foley.recipes import fantasy, living, machines, nature, signals, things

RECIPES = (
    *(nature.RECIPES + living.RECIPES + things.RECIPES),
    *(machines.RECIPES + signals.RECIPES + fantasy.RECIPES),
)
